import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Router } from '../src/router.js';

test('finds a fixed route', () => {
  const router = new Router().add('/users', 'list');
  assert.deepEqual(router.find('/users/'), { handler: 'list', params: {} });
  assert.equal(router.find('/posts'), null);
});

test('decodes parameters', () => {
  const router = new Router().add('/users/:name', 'show');
  assert.deepEqual(router.find('/users/a%20b').params, { name: 'a b' });
});

test('prefers a fixed part, whatever came first', () => {
  const router = new Router().add('/users/:id', 'show').add('/users/new', 'form');
  assert.equal(router.find('/users/new').handler, 'form');
  assert.equal(router.find('/users/7').handler, 'show');
});
