import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Router } from '../src/router.js';

const ROUTES = ['/:a/:b/:c', '/:a/:b/edit', '/:a/new/:c', '/users/:b/:c', '/users/:b/edit'];
const EXPECTED = {
  '/users/new/edit': '/users/:b/edit',
  '/users/new/show': '/users/:b/:c',
  '/posts/new/edit': '/:a/new/:c',
  '/posts/7/edit': '/:a/:b/edit',
  '/posts/7/show': '/:a/:b/:c',
};

function rotations(list) {
  return list.map((_, index) => [...list.slice(index), ...list.slice(0, index)]);
}

test('the earliest fixed part decides, in every order of adding', () => {
  for (const order of [...rotations(ROUTES), ...rotations([...ROUTES].reverse())]) {
    const router = new Router();
    for (const pattern of order) router.add(pattern, pattern);
    for (const [path, pattern] of Object.entries(EXPECTED)) {
      assert.equal(router.find(path).handler, pattern, `${path} with ${order}`);
    }
  }
});

test('parameters are those of the winner', () => {
  const router = new Router().add('/:kind/:id', 'any').add('/users/:name', 'user');
  assert.deepEqual(router.find('/users/ann'), { handler: 'user', params: { name: 'ann' } });
  assert.deepEqual(router.find('/posts/1'), { handler: 'any', params: { kind: 'posts', id: '1' } });
});

test('of equal routes the first one stays', () => {
  const router = new Router().add('/:a', 'first').add('/:b', 'second');
  assert.equal(router.find('/x').handler, 'first');
});

test('the root, and paths of other lengths', () => {
  const router = new Router().add('/', 'home').add('/:a', 'one');
  assert.equal(router.find('').handler, 'home');
  assert.equal(router.find('/a/b'), null);
});
