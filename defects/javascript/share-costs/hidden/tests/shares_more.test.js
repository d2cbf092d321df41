import assert from 'node:assert/strict';
import { test } from 'node:test';

import { owed, splitCents } from '../src/shares.js';

test('no cent appears', () => {
  assert.deepEqual(splitCents(5, [1, 1]), [3, 2]);
  assert.deepEqual(splitCents(3, [1, 1, 1, 1, 1, 1]), [1, 1, 1, 0, 0, 0]);
});

test('the largest fractions are rounded up', () => {
  assert.deepEqual(splitCents(100, [1, 2, 3]), [17, 33, 50]);
  assert.deepEqual(splitCents(10, [1, 1, 5]), [2, 1, 7]);
  assert.deepEqual(splitCents(1, [1, 2, 2]), [0, 1, 0]);
});

test('every amount adds up, and every share is near', () => {
  const weights = [3, 1, 4, 1, 5, 0, 2];
  for (let amount = 0; amount < 300; amount++) {
    const shares = splitCents(amount, weights);
    assert.equal(shares.reduce((a, b) => a + b), amount);
    shares.forEach((share, index) => {
      assert.ok(Math.abs(share - (amount * weights[index]) / 16) < 1, `${amount}: ${shares}`);
    });
    assert.equal(shares[5], 0);
  }
});

test('large amounts', () => {
  assert.deepEqual(splitCents(1_000_000_01, [1, 1]), [50_000_001, 50_000_000]);
});

test('bills are split one by one', () => {
  const bill = { cents: 1, nights: { ann: 1, bob: 1 } };
  assert.deepEqual(owed([bill, bill, bill]), { ann: 3, bob: 0 });
});
