/** What data have to look like. */
export type Shape =
  | { readonly type: 'text'; readonly maxLength?: number }
  | { readonly type: 'number'; readonly integer?: boolean }
  | { readonly type: 'list'; readonly of: Shape }
  | { readonly type: 'object'; readonly fields: Record<string, Field> };

export interface Field {
  readonly shape: Shape;
  readonly optional?: boolean;
}

export interface Problem {
  /** Where, as `orders[2].price`; empty for the data as a whole. */
  readonly path: string;
  readonly message: string;
}

/** All that is wrong with some data, in their order. Unknown keys of an object are allowed. */
export function problems(data: unknown, shape: Shape): Problem[] {
  const found: Problem[] = [];
  const path: (string | number)[] = [];

  function report(message: string): void {
    found.push({ path: format(path), message });
  }

  function check(value: unknown, expected: Shape): void {
    switch (expected.type) {
      case 'text':
        if (typeof value !== 'string') return report('is not a text');
        if (value.length > (expected.maxLength ?? Infinity)) report('is too long');
        return;
      case 'number':
        if (typeof value !== 'number') return report('is not a number');
        if (expected.integer && !Number.isInteger(value)) report('is not a whole number');
        return;
      case 'list':
        if (!Array.isArray(value)) return report('is not a list');
        value.forEach((item, index) => checkAt(index, item, expected.of));
        return;
      case 'object':
        if (typeof value !== 'object' || value === null) return report('is not an object');
        for (const [key, field] of Object.entries(expected.fields)) {
          checkField(value as Record<string, unknown>, key, field);
        }
    }
  }

  function checkField(object: Record<string, unknown>, key: string, field: Field): void {
    path.push(key);
    if (object[key] !== undefined) check(object[key], field.shape);
    else if (!field.optional) report('is missing');
    path.pop();
  }

  function checkAt(place: number, value: unknown, expected: Shape): void {
    path.push(place);
    check(value, expected);
    path.pop();
  }

  check(data, shape);
  return found;
}

function format(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`))
    .join('')
    .replace(/^\./, '');
}
