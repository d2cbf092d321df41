/** Where two texts differ. */

/** Lines of the second text, from 0: the first that is not as in the first text, and the last. */
export interface Changed {
  readonly first: number;
  readonly last: number;
}

/** Deleted lines count as the line that now stands in their place. */
export function changedLines(before: string, after: string): Changed {
  const now = after.split(LINE_END);
  const { head, tail } = commonEnds(before.split(LINE_END), now);
  const first = Math.min(head, now.length - 1);
  return { first, last: Math.max(first, now.length - 1 - tail) };
}

/** How many lines are the same at the beginning, and how many of the others at the end. */
export function commonEnds(
  old: readonly string[],
  now: readonly string[],
): { head: number; tail: number } {
  const most = Math.min(old.length, now.length);
  let head = 0;
  while (head < most && old[head] === now[head]) head += 1;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return { head, tail };
}

export const LINE_END = /\r\n|\n|\r/;
