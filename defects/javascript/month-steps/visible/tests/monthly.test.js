import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dueDates, nextDue } from '../src/monthly.js';

test('the same day of each month', () => {
  assert.deepEqual([...dueDates('2024-11-15', { count: 3 })], ['2024-11-15', '2024-12-15', '2025-01-15']);
});

test('short months', () => {
  assert.deepEqual([...dueDates('2025-01-31', { count: 3 })], ['2025-01-31', '2025-02-28', '2025-03-31']);
});

test('the next one', () => {
  assert.equal(nextDue('2025-01-10', '2025-03-10'), '2025-03-10');
  assert.equal(nextDue('2025-01-10', '2025-03-11'), '2025-04-10');
  assert.equal(nextDue('2025-01-10', '2025-03-11', { count: 3 }), null);
});
