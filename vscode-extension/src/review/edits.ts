/** A text with edits made to it, as LSP defines them. */

/** LSP ends lines here, and nowhere else. */
const LINE_END = /\r\n|\n|\r/g;

/** A place in a text: line and UTF-16 offset in it, both from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface TextEdit {
  readonly range: { readonly start: Position; readonly end: Position };
  readonly newText: string;
}

/** `text` after all `edits`, whose ranges are about the text before and do not overlap. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const starts = lineStarts(text);
  const offset = ({ line, character }: Position): number => {
    const start = starts[line];
    if (start === undefined) return text.length;
    return Math.min(start + character, starts[line + 1] ?? text.length);
  };
  // Later ones first, so that the offsets of the earlier ones stay right; of two insertions at one
  // place, the first in the list comes first in the text.
  const ordered = edits
    .map((edit, index) => ({ edit, index, at: offset(edit.range.start) }))
    .sort((one, other) => other.at - one.at || other.index - one.index);
  for (const { edit, at } of ordered) {
    text = text.slice(0, at) + edit.newText + text.slice(offset(edit.range.end));
  }
  return text;
}

/** The offset at which each line begins. */
function lineStarts(text: string): number[] {
  const starts = [0];
  for (const end of text.matchAll(LINE_END)) starts.push(end.index + end[0].length);
  return starts;
}
