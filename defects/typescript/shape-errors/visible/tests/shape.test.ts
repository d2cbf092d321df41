import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Shape, problems } from '../src/shape.ts';

const PRICE: Shape = { type: 'number', integer: true };
const ARTICLE: Shape = {
  type: 'object',
  fields: {
    name: { shape: { type: 'text', maxLength: 10 } },
    note: { shape: { type: 'text' }, optional: true },
    price: { shape: PRICE },
  },
};

test('nothing is wrong', () => {
  assert.deepEqual(problems({ name: 'fig', note: '', price: 3 }, ARTICLE), []);
});

test('paths in lists', () => {
  const data = [1, 'two', 3.5];
  assert.deepEqual(problems(data, { type: 'list', of: PRICE }), [
    { path: '[1]', message: 'is not a number' },
    { path: '[2]', message: 'is not a whole number' },
  ]);
});

test('several problems of one object', () => {
  assert.deepEqual(problems({ price: '3' }, ARTICLE), [
    { path: 'name', message: 'is missing' },
    { path: 'price', message: 'is not a number' },
  ]);
});
