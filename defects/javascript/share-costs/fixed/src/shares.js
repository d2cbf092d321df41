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
  const shares = weights.map((weight) => Math.floor((amount * weight) / total));
  const missing = amount - shares.reduce((sum, share) => sum + share, 0);
  const fraction = (index) => amount * weights[index] - shares[index] * total;
  const order = [...weights.keys()].sort((a, b) => fraction(b) - fraction(a) || a - b);
  for (const index of order.slice(0, missing)) shares[index] += 1;
  return shares;
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
