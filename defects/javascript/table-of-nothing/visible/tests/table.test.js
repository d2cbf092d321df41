import assert from 'node:assert/strict';
import { test } from 'node:test';

import { table } from '../src/table.js';

test('numbers stand on the right', () => {
  const text = table(['a', 'b'], [['apple', 1200], ['fig', 7]]);
  assert.equal(text, ['a      b', '-----  ----', 'apple  1200', 'fig       7'].join('\n'));
});

test('no rows', () => {
  assert.equal(table(['name', 'pieces'], []), ['name  pieces', '----  ------'].join('\n'));
});

test('missing cells are empty', () => {
  assert.equal(table(['x', 'y'], [['abc'], ['d', 'ef']]), 'x    y\n---  --\nabc\nd    ef');
});
