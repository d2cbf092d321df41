/**
 * Compare two versions like `2.10.1` or `2.0-rc.2`, for Array.prototype.sort.
 *
 * Numbers count as numbers, missing ones as 0. A pre-release comes before its release; the words of
 * two pre-releases are compared one by one: numbers as numbers and before other words, other words
 * by their letters, and a missing word comes first.
 */
export function compareVersions(a, b) {
  const [numbersA, wordsA] = parse(a);
  const [numbersB, wordsB] = parse(b);
  for (let i = 0; i < Math.max(numbersA.length, numbersB.length); i++) {
    const order = compare(Number(numbersA[i] ?? 0), Number(numbersB[i] ?? 0));
    if (order !== 0) return order;
  }
  if (!wordsA || !wordsB) return Number(!wordsA) - Number(!wordsB);
  for (let i = 0; i < Math.max(wordsA.length, wordsB.length); i++) {
    const order = compareWords(wordsA[i], wordsB[i]);
    if (order !== 0) return order;
  }
  return 0;
}

/** The newest of some versions; undefined when there are none. */
export function newest(versions, { prereleases = false } = {}) {
  const allowed = versions.filter((version) => prereleases || !version.includes('-'));
  return allowed.sort(compareVersions).at(-1);
}

function parse(version) {
  const [release, prerelease] = version.replace(/^v/, '').split(/-(.*)/s);
  return [release.split('.'), prerelease?.split('.')];
}

function compareWords(a, b) {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  const numeric = [a, b].map((word) => /^\d+$/.test(word));
  if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
  return numeric[0] ? compare(Number(a), Number(b)) : compare(a, b);
}

function compare(a, b) {
  return a < b ? -1 : Number(a > b);
}
