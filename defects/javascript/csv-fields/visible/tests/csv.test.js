import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCsv } from '../src/csv.js';

test('plain rows', () => {
  assert.deepEqual(parseCsv('a,b\r\nc,\n'), [['a', 'b'], ['c', '']]);
});

test('quoted commas and line ends', () => {
  assert.deepEqual(parseCsv('"a,b","c\nd"\n'), [['a,b', 'c\nd']]);
});

test('doubled quotes', () => {
  assert.deepEqual(parseCsv('say,"a ""big"" word"\n'), [['say', 'a "big" word']]);
});

test('a quote that is not closed', () => {
  assert.throws(() => parseCsv('a\n"b'), /line 2: the quote is not closed/);
});
