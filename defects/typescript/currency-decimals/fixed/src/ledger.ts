import { type Money, formatMoney, parseUnits } from './money.ts';

/** Sums by currency of the lines of a ledger, each like `lunch: 12.50 EUR`. */
export class Ledger {
  private readonly sums = new Map<string, number>();

  /** Add a line; a RangeError, and no change, where it is not one. */
  add(line: string): Money {
    const [, amount, currency] = line.match(/:\s*(\S+)\s+([A-Z]{3})$/) ?? [];
    if (amount === undefined || currency === undefined) throw new RangeError(`not a line: ${line}`);
    const money = { units: parseUnits(amount, currency), currency };
    this.sums.set(currency, (this.sums.get(currency) ?? 0) + money.units);
    return money;
  }

  /** The sums as texts, by the names of their currencies. */
  totals(): string[] {
    const sorted = [...this.sums].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([currency, units]) => formatMoney({ units, currency }));
  }
}
