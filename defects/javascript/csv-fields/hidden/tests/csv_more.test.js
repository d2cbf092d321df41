import assert from 'node:assert/strict';
import { test } from 'node:test';

import { parseCsv } from '../src/csv.js';

test('quotes at both ends of a field', () => {
  assert.deepEqual(parseCsv('"""a"""'), [['"a"']]);
  assert.deepEqual(parseCsv('"""",x'), [['"', 'x']]);
  assert.deepEqual(parseCsv('"""""",x'), [['""', 'x']]);
});

test('empty quoted fields', () => {
  assert.deepEqual(parseCsv('"",""\n"",a'), [['', ''], ['', 'a']]);
});

test('doubled quotes next to commas and line ends', () => {
  assert.deepEqual(parseCsv('"a"",""b","c""\r\n""d"\r\ne'), [['a","b', 'c"\r\n"d'], ['e']]);
});

test('quotes that are not closed', () => {
  assert.throws(() => parseCsv('"a""'), /line 1: the quote is not closed/);
  assert.throws(() => parseCsv('"a""b\n""'), /line 1: the quote is not closed/);
});

test('text after the closing quote', () => {
  assert.throws(() => parseCsv('"a"b'), /line 1: text after/);
  assert.throws(() => parseCsv('x\n"a\n""b"" "c'), /line 3: text after/);
});

test('quotes inside plain fields are letters', () => {
  assert.deepEqual(parseCsv('5" pipe,a""b'), [['5" pipe', 'a""b']]);
});

test('the end of the text', () => {
  assert.deepEqual(parseCsv(''), []);
  assert.deepEqual(parseCsv('a,'), [['a', '']]);
  assert.deepEqual(parseCsv('\n'), [['']]);
  assert.deepEqual(parseCsv('"a"\n'), [['a']]);
});
