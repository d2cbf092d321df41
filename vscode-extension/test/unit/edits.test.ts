import assert from "node:assert/strict";
import { changedLines } from "../../src/review/changedLines";
import { applyEdits, type TextEdit } from "../../src/review/edits";

function edit(place: string, newText: string): TextEdit {
  const [from = "", to = from] = place.split("-");
  const position = (text: string) => {
    const [line = 0, character = 0] = text.split(":").map(Number);
    return { line, character };
  };
  return { range: { start: position(from), end: position(to) }, newText };
}

describe("edits", () => {
  it("replace, insert and delete, all as seen from the text before", () => {
    const text = "one\ntwo\nthree\n";
    const edits = [edit("0:0-0:3", "1"), edit("1:0-2:0", ""), edit("3:0", "four\n")];
    assert.equal(applyEdits(text, edits), "1\nthree\nfour\n");
  });

  it("count UTF-16 units, and keep each line's own end", () => {
    assert.equal(applyEdits("a😀b\r\nc\rd", [edit("0:3-0:4", "B"), edit("2:0-2:1", "D")]), "a😀B\r\nc\rD");
  });

  it("end a line neither at a form feed nor at U+2028", () => {
    assert.equal(applyEdits("a\fb\u2028c\nd", [edit("1:0-1:1", "D")]), "a\fb\u2028c\nD");
  });

  it("of two insertions at one place, put the first first", () => {
    assert.equal(applyEdits("x", [edit("0:0", "1"), edit("0:0", "2")]), "12x");
  });

  it("beyond the last line, or the end of a line, mean its end", () => {
    assert.equal(applyEdits("a", [edit("7:0", "!")]), "a!");
  });
});

describe("changed lines", () => {
  it("are counted in the new text", () => {
    assert.deepEqual(changedLines("a\nb\nc\n", "a\nB1\nB2\nc\n"), { first: 1, last: 2 });
  });

  it("of a deletion are the line that is now in its place", () => {
    assert.deepEqual(changedLines("a\nb\nc", "a\nc"), { first: 1, last: 1 });
    assert.deepEqual(changedLines("a\nb", "a"), { first: 0, last: 0 });
  });

  it("of equal texts are the last", () => {
    assert.deepEqual(changedLines("a\nb", "a\nb"), { first: 1, last: 1 });
  });

  it("of an insertion of a line like its neighbour are one line", () => {
    assert.deepEqual(changedLines("a\na\n", "a\na\na\n"), { first: 2, last: 2 });
  });
});
