/** An amount in the smallest unit of its currency: cents, yen, fils. */
export interface Money {
  readonly units: number;
  readonly currency: string;
}

const DECIMALS: Record<string, number> = { JPY: 0, KRW: 0, KWD: 3, TND: 3 };

/** How many decimals a currency has; most have two. */
export function decimals(currency: string): number {
  return DECIMALS[currency] ?? 2;
}

/** The smallest units of an amount as people write it, like `12.5`; a RangeError for other texts. */
export function parseUnits(text: string): number {
  const [, sign, whole, fraction = ''] = text.match(/^(-?)(\d+)(?:\.(\d+))?$/) ?? [];
  if (whole === undefined || fraction.length > 2) throw new RangeError(`not an amount: ${text}`);
  return Number(`${sign}${whole}${fraction.padEnd(2, '0')}`);
}

/** An amount as people write it, with all decimals of its currency. */
export function formatMoney({ units, currency }: Money): string {
  const places = decimals(currency);
  const digits = String(Math.abs(units)).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const sign = units < 0 ? '-' : '';
  return `${sign}${whole}${places > 0 ? '.' : ''}${digits.slice(whole.length)} ${currency}`;
}
