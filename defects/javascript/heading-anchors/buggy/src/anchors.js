/**
 * Anchors for the headings of a document, no two of them equal.
 *
 * An anchor is the heading in lower case, runs of anything but letters and digits made one hyphen,
 * none at the ends; `section` where nothing is left. Where it is taken, `-2` is added to it, or `-3`
 * and so on: the first that is free.
 */
export class Anchors {
  #counts = new Map();

  /** The anchor of the next heading. */
  add(heading) {
    const base = slug(heading) || 'section';
    const count = (this.#counts.get(base) ?? 0) + 1;
    this.#counts.set(base, count);
    return count === 1 ? base : `${base}-${count}`;
  }
}

function slug(heading) {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
}

/** A nested list of the headings of a Markdown text, with their anchors. */
export function contents(markdown) {
  const anchors = new Anchors();
  const lines = [];
  for (const [, level, heading] of markdown.matchAll(/^(#{1,6}) +(.+?) *$/gm)) {
    lines.push(`${'  '.repeat(level.length - 1)}- [${heading}](#${anchors.add(heading)})`);
  }
  return lines.join('\n');
}
