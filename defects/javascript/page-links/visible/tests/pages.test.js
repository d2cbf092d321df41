import assert from 'node:assert/strict';
import { test } from 'node:test';

import { pageLinks, pageRange } from '../src/pages.js';

test('gaps on both sides', () => {
  const links = pageLinks({ items: 200, perPage: 10, current: 10 });
  assert.deepEqual(links, [1, null, 9, 10, 11, null, 20]);
});

test('close to the end', () => {
  const links = pageLinks({ items: 50, perPage: 10, current: 3 });
  assert.deepEqual(links, [1, 2, 3, 4, 5]);
});

test('ranges', () => {
  assert.deepEqual(pageRange({ items: 25, perPage: 10, current: 3 }), [20, 25]);
});
