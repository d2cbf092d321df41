import assert from 'node:assert/strict';
import { test } from 'node:test';

import { table } from '../src/table.js';

test('headings wider than their cells', () => {
  const text = table(['article', 'pieces'], [['fig', 7], ['kiwi', 12]]);
  assert.equal(
    text,
    ['article  pieces', '-------  ------', 'fig           7', 'kiwi         12'].join('\n'),
  );
});

test('one column wider, one narrower', () => {
  const text = table(['id', 'a name'], [['10000', 'x']]);
  assert.equal(text, ['id     a name', '-----  ------', '10000  x'].join('\n'));
});

test('no columns', () => {
  assert.equal(table([], []), '\n');
});

test('a column without any cell', () => {
  assert.equal(table(['a', 'note'], [['x'], ['y']]), 'a  note\n-  ----\nx\ny');
});

test('zero is a number', () => {
  assert.equal(table(['sum'], [[0], [100]]), 'sum\n---\n  0\n100');
});
