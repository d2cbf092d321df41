import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Lexer } from '../src/lexer.js';

const places = (source) => [...new Lexer(source)].map(({ text, line, column }) => [text, line, column]);

test('words and signs', () => {
  assert.deepEqual(places('a = {b}'), [
    ['a', 1, 1], ['=', 1, 3], ['{', 1, 5], ['b', 1, 6], ['}', 1, 7],
  ]);
});

test('lines', () => {
  assert.deepEqual(places('a\n  b'), [['a', 1, 1], ['b', 2, 3]]);
});

test('what follows a text of two lines', () => {
  assert.deepEqual(places('`x\ny` b'), [['x\ny', 1, 1], ['b', 2, 4]]);
});

test('a bad letter has a place', () => {
  assert.throws(() => places('a\n #'), /line 2, column 2: unexpected "#"/);
});
