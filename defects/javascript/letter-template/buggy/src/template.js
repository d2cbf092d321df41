/**
 * A letter with placeholders like `{name}`: every one of them becomes the value of that name, as it
 * is. A placeholder without a value is an Error; a value without a placeholder does not matter. Values
 * are texts or numbers, and are not looked through for placeholders.
 */
export function fill(template, values) {
  let text = template;
  for (const [, name] of template.matchAll(/\{(\w+)\}/g)) {
    if (!Object.hasOwn(values, name)) throw new Error(`no value for {${name}}`);
    text = text.replace(`{${name}}`, values[name]);
  }
  return text;
}

/** The names of a template's placeholders, each once, in order. */
export function placeholders(template) {
  return [...new Set([...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))];
}
