/**
 * The query part of a URL as an object, and back. A key that occurs once has a text, a key that
 * occurs more often an array of texts, in order. `+` and `%20` both stand for a blank.
 */
export function parseQuery(query) {
  const values = {};
  for (const pair of query.replace(/^\?/, '').split('&')) {
    if (pair === '') continue;
    const [key, value] = split(pair).map(decode);
    if (!Object.hasOwn(values, key)) values[key] = value;
    else values[key] = [].concat(values[key], value);
  }
  return values;
}

/** The query of an object, keys in its order, without a question mark. */
export function formatQuery(values) {
  const pairs = Object.entries(values).flatMap(([key, value]) =>
    [].concat(value).map((one) => `${encode(key)}=${encode(String(one))}`),
  );
  return pairs.join('&');
}

function split(pair) {
  const equals = pair.indexOf('=');
  return equals < 0 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
}

function decode(text) {
  return decodeURIComponent(text.replaceAll('+', ' '));
}

function encode(text) {
  return encodeURIComponent(text).replaceAll('%20', '+');
}
