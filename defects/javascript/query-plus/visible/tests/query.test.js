import assert from 'node:assert/strict';
import { test } from 'node:test';

import { formatQuery, parseQuery } from '../src/query.js';

test('reads keys and values', () => {
  assert.deepEqual(parseQuery('?a=1&b=x+y&c'), { a: '1', b: 'x y', c: '' });
});

test('repeated keys', () => {
  assert.deepEqual(parseQuery('tag=a&tag=b&tag=c'), { tag: ['a', 'b', 'c'] });
});

test('there and back', () => {
  const values = { sum: '1+1=2', name: 'a b' };
  assert.deepEqual(parseQuery(formatQuery(values)), values);
});
