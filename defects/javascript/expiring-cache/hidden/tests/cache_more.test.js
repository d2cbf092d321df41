import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Cache } from '../src/cache.js';

test('the order of keys is the order of use', () => {
  const cache = new Cache({ limit: 3 });
  for (const key of ['a', 'b', 'c', 'a', 'b']) cache.set(key, key);
  assert.deepEqual(cache.keys(), ['c', 'a', 'b']);
  cache.get('c');
  cache.set('d', 'd');
  assert.deepEqual(cache.keys(), ['b', 'c', 'd']);
});

test('setting again drops nothing', () => {
  const cache = new Cache({ limit: 2 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('b', 3);
  assert.equal(cache.size, 2);
  assert.equal(cache.get('a'), 1);
  assert.equal(cache.get('b'), 3);
});

test('lifetimes', () => {
  let now = 0;
  const cache = new Cache({ limit: 5, lifetime: 100, clock: () => now });
  cache.set('a', 1);
  now = 60;
  cache.set('a', 2);
  now = 120;
  assert.equal(cache.get('a'), 2);
  now = 160;
  assert.equal(cache.get('a'), undefined);
  assert.equal(cache.size, 0);
});

test('one entry', () => {
  const cache = new Cache({ limit: 1 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('b', 3);
  assert.deepEqual(cache.keys(), ['b']);
});
