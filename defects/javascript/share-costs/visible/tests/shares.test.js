import assert from 'node:assert/strict';
import { test } from 'node:test';

import { owed, splitCents } from '../src/shares.js';

test('an even split', () => {
  assert.deepEqual(splitCents(900, [1, 1, 1]), [300, 300, 300]);
  assert.deepEqual(splitCents(900, [2, 1, 0]), [600, 300, 0]);
});

test('no cent is lost', () => {
  assert.deepEqual(splitCents(100, [1, 1, 1]), [34, 33, 33]);
});

test('nobody takes part', () => {
  assert.throws(() => splitCents(100, [0, 0]), RangeError);
});

test('several bills', () => {
  const bills = [{ cents: 300, nights: { ann: 1, bob: 2 } }, { cents: 100, nights: { bob: 1 } }];
  assert.deepEqual(owed(bills), { ann: 100, bob: 300 });
});
