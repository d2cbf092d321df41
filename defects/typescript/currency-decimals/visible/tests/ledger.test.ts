import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Ledger } from '../src/ledger.ts';

function totals(...lines: string[]): string[] {
  const ledger = new Ledger();
  for (const line of lines) ledger.add(line);
  return ledger.totals();
}

test('sums by currency', () => {
  assert.deepEqual(totals('lunch: 12.50 EUR', 'taxi: 7 EUR', 'tip: 0.5 CHF'), ['0.50 CHF', '19.50 EUR']);
});

test('yen have no decimals', () => {
  assert.deepEqual(totals('ramen: 980 JPY', 'tea: 120 JPY'), ['1100 JPY']);
});

test('lines that are none', () => {
  assert.throws(() => totals('lunch 12.50'), RangeError);
  assert.throws(() => totals('lunch: 12,50 EUR'), RangeError);
  assert.throws(() => totals('lunch: 12.505 EUR'), RangeError);
});
