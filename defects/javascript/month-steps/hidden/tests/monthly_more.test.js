import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dueDates, nextDue } from '../src/monthly.js';

test('a year from the 31st', () => {
  const days = [...dueDates('2025-03-31', { count: 12 })].map((date) => date.slice(5));
  assert.deepEqual(days, [
    '03-31', '04-30', '05-31', '06-30', '07-31', '08-31', '09-30', '10-31', '11-30', '12-31', '01-31', '02-28',
  ]);
});

test('leap years', () => {
  assert.deepEqual([...dueDates('2024-01-30', { count: 2 })], ['2024-01-30', '2024-02-29']);
  assert.deepEqual(
    [...dueDates('2024-02-29', { every: 12, count: 5 })],
    ['2024-02-29', '2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29'],
  );
});

test('every few months', () => {
  assert.deepEqual(
    [...dueDates('2024-08-31', { every: 3, count: 4 })],
    ['2024-08-31', '2024-11-30', '2025-02-28', '2025-05-31'],
  );
  assert.deepEqual([...dueDates('2024-12-31', { every: 14, count: 2 })], ['2024-12-31', '2026-02-28']);
});

test('the next one after a short month', () => {
  assert.equal(nextDue('2025-01-31', '2025-02-28'), '2025-02-28');
  assert.equal(nextDue('2025-01-31', '2025-03-01'), '2025-03-31');
  assert.equal(nextDue('2024-01-29', '2025-02-01'), '2025-02-28');
});
