/**
 * Split an amount of cents by weights, for example three people's nights in a flat.
 *
 * The shares are whole cents and add up to the amount. Each is the exact share, rounded down or up;
 * those are rounded up whose exact share has the largest fraction, and of equal ones the first.
 * Weights are not negative; a RangeError when all of them are 0.
 */
export function splitCents(amount, weights) {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) throw new RangeError('nobody takes part');
  return weights.map((weight) => Math.round((amount * weight) / total));
}

/** What each person owes for some bills: `{cents, nights: {name: nights}}` each. */
export function owed(bills) {
  const sums = {};
  for (const { cents, nights } of bills) {
    const names = Object.keys(nights);
    const shares = splitCents(cents, names.map((name) => nights[name]));
    names.forEach((name, index) => {
      sums[name] = (sums[name] ?? 0) + shares[index];
    });
  }
  return sums;
}
