import assert from 'node:assert/strict';
import { test } from 'node:test';

import { type Shape, problems } from '../src/shape.ts';

const text: Shape = { type: 'text', maxLength: 3 };
const POINT: Shape = {
  type: 'object',
  fields: {
    label: { shape: text, optional: true },
    x: { shape: { type: 'number' } },
    y: { shape: { type: 'number' } },
  },
};
const DRAWING: Shape = {
  type: 'object',
  fields: {
    title: { shape: text },
    lines: { shape: { type: 'list', of: { type: 'list', of: POINT } } },
  },
};
const paths = (data: unknown, shape: Shape): string[] => problems(data, shape).map(({ path }) => path);

test('missing fields at several depths', () => {
  const data = { lines: [[{ y: 1 }, { x: 1 }], [], [{}]] };
  assert.deepEqual(paths(data, DRAWING), [
    'title', 'lines[0][0].x', 'lines[0][1].y', 'lines[2][0].x', 'lines[2][0].y',
  ]);
});

test('optional fields that are not there leave no trace', () => {
  assert.deepEqual(problems({ x: 1 }, POINT), [{ path: 'y', message: 'is missing' }]);
  assert.deepEqual(problems({ x: 1, y: '2' }, POINT), [{ path: 'y', message: 'is not a number' }]);
  assert.deepEqual(paths({ title: 'four', lines: [[{ x: 'a', y: 'b' }]] }, DRAWING), [
    'title', 'lines[0][0].x', 'lines[0][0].y',
  ]);
});

test('optional fields are checked where they are there', () => {
  assert.deepEqual(problems({ label: 'long', x: 1, y: 2 }, POINT), [{ path: 'label', message: 'is too long' }]);
  assert.deepEqual(problems({ label: null, x: 1, y: 2 }, POINT), [{ path: 'label', message: 'is not a text' }]);
});

test('the data as a whole', () => {
  assert.deepEqual(problems(null, POINT), [{ path: '', message: 'is not an object' }]);
  assert.deepEqual(problems('x', { type: 'list', of: text }), [{ path: '', message: 'is not a list' }]);
});

test('what follows a wrong part', () => {
  assert.deepEqual(paths({ title: 1, lines: [7, [8, { x: 1, y: 2 }, 9]] }, DRAWING), [
    'title', 'lines[0]', 'lines[1][0]', 'lines[1][2]',
  ]);
});
