import assert from 'node:assert/strict';
import { test } from 'node:test';

import { resolveOptions } from '../src/options.ts';

test('a title may be empty', () => {
  assert.equal(resolveOptions({ title: '' }, []).title, '');
  assert.equal(resolveOptions({ title: undefined }, []).title, 'Untitled');
});

test('an axis that ends at zero', () => {
  const { min, max } = resolveOptions({ max: 0 }, [-5, 3]);
  assert.deepEqual([min, max], [-5, 0]);
});

test('a range from zero to zero', () => {
  const { min, max } = resolveOptions({ min: 0, max: 0 }, [7]);
  assert.deepEqual([min, max], [0, 1]);
});

test('a margin on one axis only', () => {
  assert.deepEqual(resolveOptions({ margin: { x: 0 } }, []).margin, { x: 0, y: 8 });
  assert.deepEqual(resolveOptions({ margin: { y: 0 } }, []).margin, { x: 8, y: 0 });
  assert.deepEqual(resolveOptions({ margin: 3 }, []).margin, { x: 3, y: 3 });
});

test('no values', () => {
  const { min, max, grid } = resolveOptions({ grid: undefined }, []);
  assert.deepEqual([min, max, grid], [0, 1, true]);
});

test('a range that zero makes wrong', () => {
  assert.throws(() => resolveOptions({ max: 0 }, [4, 6]), RangeError);
});
