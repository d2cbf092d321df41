import assert from 'node:assert/strict';
import { test } from 'node:test';

import { resolveOptions } from '../src/options.ts';

test('defaults', () => {
  assert.deepEqual(resolveOptions({}, [3, 9, 5]), {
    title: 'Untitled', min: 3, max: 9, grid: true, margin: { x: 8, y: 8 },
  });
});

test('an axis that starts at zero', () => {
  assert.equal(resolveOptions({ min: 0 }, [3, 9]).min, 0);
});

test('a chart without a grid and without a margin', () => {
  const { grid, margin } = resolveOptions({ grid: false, margin: 0 }, [1, 2]);
  assert.equal(grid, false);
  assert.deepEqual(margin, { x: 0, y: 0 });
});

test('a wrong range', () => {
  assert.throws(() => resolveOptions({ min: 5, max: 1 }, []), RangeError);
});
