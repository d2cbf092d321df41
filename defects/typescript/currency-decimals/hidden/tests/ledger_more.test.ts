import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Ledger } from '../src/ledger.ts';

test('three decimals', () => {
  const ledger = new Ledger();
  assert.deepEqual(ledger.add('visa: 3.125 KWD'), { units: 3125, currency: 'KWD' });
  assert.deepEqual(ledger.add('tea: 0.5 KWD'), { units: 500, currency: 'KWD' });
  assert.deepEqual(ledger.add('bus: 1 TND'), { units: 1000, currency: 'TND' });
  assert.deepEqual(ledger.totals(), ['3.625 KWD', '1.000 TND']);
});

test('decimals that a currency does not have', () => {
  const ledger = new Ledger();
  for (const line of ['a: 1.5 JPY', 'a: 1.0 KRW', 'a: 1.0005 KWD', 'a: 1.005 USD', 'a: 1. EUR']) {
    assert.throws(() => ledger.add(line), RangeError, line);
  }
  assert.deepEqual(ledger.totals(), []);
});

test('two decimals stay', () => {
  const ledger = new Ledger();
  assert.equal(ledger.add('a: 0.07 EUR').units, 7);
  assert.equal(ledger.add('a: -3 EUR').units, -300);
  assert.deepEqual(ledger.totals(), ['-2.93 EUR']);
});

test('negative amounts', () => {
  const ledger = new Ledger();
  ledger.add('refund: -20 JPY');
  ledger.add('refund: -0.25 KWD');
  assert.deepEqual(ledger.totals(), ['-20 JPY', '-0.250 KWD']);
});
