/**
 * A small router for paths like `/users/:id/posts`.
 *
 * Of several routes that match a path, the one wins that has a fixed part earliest where the others
 * have a parameter; the order in which routes are added does not matter.
 */
export class Router {
  #routes = [];

  /** Add a route. `pattern` has parts separated by `/`; a part that starts with `:` is a parameter. */
  add(pattern, handler) {
    this.#routes.push({ parts: split(pattern), handler });
    return this;
  }

  /** `{handler, params}` of the route for a path, or null. Parameters are decoded. */
  find(path) {
    const parts = split(path);
    let best = null;
    for (const route of this.#routes) {
      const params = match(route.parts, parts);
      if (params && (!best || isCloser(route.parts, best.route.parts))) best = { route, params };
    }
    return best && { handler: best.route.handler, params: best.params };
  }
}

/** Whether a pattern has a fixed part at the first place where only one of the two has one. */
function isCloser(pattern, other) {
  for (const [index, part] of pattern.entries()) {
    const fixed = !part.startsWith(':');
    if (fixed !== !other[index].startsWith(':')) return fixed;
  }
  return false;
}

function split(path) {
  return path.split('/').filter((part) => part !== '');
}

function match(pattern, parts) {
  if (pattern.length !== parts.length) return null;
  const params = {};
  for (const [index, part] of pattern.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decodeURIComponent(parts[index]);
    else if (part !== parts[index]) return null;
  }
  return params;
}
