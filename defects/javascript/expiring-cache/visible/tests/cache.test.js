import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Cache } from '../src/cache.js';

test('keeps what was set', () => {
  const cache = new Cache({ limit: 2 });
  cache.set('a', 1);
  assert.equal(cache.get('a'), 1);
  assert.equal(cache.get('b'), undefined);
});

test('reading keeps an entry', () => {
  const cache = new Cache({ limit: 2 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  assert.deepEqual(cache.keys(), ['a', 'c']);
});

test('setting again keeps an entry', () => {
  const cache = new Cache({ limit: 2 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.set('a', 10);
  cache.set('c', 3);
  assert.equal(cache.get('a'), 10);
});
