/**
 * Layers of settings merged into one, later layers over earlier ones. Objects are merged key by
 * key; any other value, arrays too, replaces what is below it. `undefined` is no value: it lets the
 * layer below show through. No layer is ever changed.
 */
export function mergeSettings(...layers) {
  return layers.reduce((merged, layer) => overlay(merged, layer ?? {}), {});
}

function overlay(below, above) {
  const merged = { ...below };
  for (const [key, value] of Object.entries(above)) {
    if (value === undefined) continue;
    if (isObject(value) && isObject(below[key])) merged[key] = overlay(below[key], value);
    else merged[key] = isObject(value) ? overlay({}, value) : value;
  }
  return merged;
}

function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value at a path like `editor.font.size`; `fallback` where there is none. */
export function lookUp(settings, path, fallback) {
  let value = settings;
  for (const key of path.split('.')) {
    if (!isObject(value) || !Object.hasOwn(value, key)) return fallback;
    value = value[key];
  }
  return value;
}
