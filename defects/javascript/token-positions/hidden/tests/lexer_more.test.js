import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Lexer } from '../src/lexer.js';

const places = (source) => [...new Lexer(source)].map(({ text, line, column }) => [text, line, column]);

test('several texts with line ends', () => {
  assert.deepEqual(places('`a\n\nb`c\n`d\n`\n e'), [
    ['a\n\nb', 1, 1], ['c', 3, 3], ['d\n', 4, 1], ['e', 6, 2],
  ]);
});

test('a text that ends with a line end', () => {
  assert.deepEqual(places('x `\n`y'), [['x', 1, 1], ['\n', 1, 3], ['y', 2, 2]]);
});

test('an error after a text of several lines', () => {
  assert.throws(() => places('`\n\n` ?'), /line 3, column 3: unexpected "\?"/);
});

test('a text that is not closed', () => {
  assert.throws(() => places('a `b\n'), /line 1, column 3: unexpected "`"/);
});

test('texts of one line, letters of two units', () => {
  assert.deepEqual(places('`\u{1f600}` a'), [['\u{1f600}', 1, 1], ['a', 1, 6]]);
  assert.deepEqual(places('`a` `b`'), [['a', 1, 1], ['b', 1, 5]]);
});

test('nothing', () => {
  assert.equal(new Lexer(' \n ').next(), null);
});
