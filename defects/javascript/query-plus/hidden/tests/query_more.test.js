import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatQuery, parseQuery } from '../src/query.js';

test('blanks and plus signs, in every writing', () => {
  assert.deepEqual(parseQuery('v=a+b%20c%2Bd'), { v: 'a b c+d' });
  assert.deepEqual(parseQuery('%2B=+'), { '+': ' ' });
  assert.deepEqual(parseQuery('a+b=1'), { 'a b': '1' });
});

test('there and back, for many texts', () => {
  for (const text of ['+', ' + ', '%2B', '%20', 'a&b', 'a=b', '\u00e9+\u20ac', '++  ++', '']) {
    assert.deepEqual(parseQuery(formatQuery({ [`k${text}`]: text })), { [`k${text}`]: text });
  }
});

test('lists', () => {
  assert.equal(formatQuery({ a: ['1', '+'], b: 2 }), 'a=1&a=%2B&b=2');
  assert.deepEqual(parseQuery('a=%2B&a=+'), { a: ['+', ' '] });
});

test('nothing', () => {
  assert.deepEqual(parseQuery(''), {});
  assert.deepEqual(parseQuery('?&&'), {});
  assert.equal(formatQuery({}), '');
});

test('keys that objects have by themselves', () => {
  assert.deepEqual(parseQuery('constructor=1').constructor, '1');
});
