import assert from "node:assert/strict";
import { documentEdits, proofOf, type Proof } from "../../src/client/proof";
import { heading, note, title } from "../../src/review/words";

const URI = "file:///ages.py";
const RANGE = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

const VERIFIED: Proof = {
  verified: true,
  label: "verified by 3 tests",
  remark: "",
  tests: ["test_ages.py::test_an_adult"],
};

describe("the proof of a fix", () => {
  it("is read from the annotation of its edit", () => {
    const annotation = { label: "verified by 3 tests", needsConfirmation: false };
    const edit = { changeAnnotations: { repairlsp: annotation } };
    assert.deepEqual(proofOf({ title: "", edit, data: { tests: ["a", 1, "b"] } }), {
      verified: true,
      label: "verified by 3 tests",
      remark: "",
      tests: ["a", "b"],
    });
  });

  it("is none where the annotation wants confirmation, or is missing", () => {
    const annotation = {
      label: "not verified by any test",
      needsConfirmation: true,
      description: "no test failed",
    };
    const edit = { changeAnnotations: { repairlsp: annotation } };
    const { verified, remark } = proofOf({ title: "", edit });
    assert.deepEqual([verified, remark], [false, "no test failed"]);
    assert.equal(proofOf({ title: "", edit: { changes: {} } }).verified, false);
  });

  it("is what the title of the diff begins with", () => {
    assert.equal(title("ages.py", VERIFIED), "✓ ages.py: fix, verified by 3 tests");
    const unverified = { ...VERIFIED, verified: false, label: "not verified by any test" };
    assert.equal(title("ages.py", unverified), "⚠ ages.py: fix, not verified by any test");
    assert.equal(heading(unverified), "⚠ Not verified by any test");
  });

  it("lists the tests that failed before", () => {
    const [first, ...others] = note(VERIFIED);
    assert.deepEqual(first, {
      text: "test_ages.py::test_an_adult",
      remark: "failed before, passes now",
    });
    assert.equal(others.length, 1);
  });

  it("says why there is none, where that is known", () => {
    const unverified = { ...VERIFIED, verified: false, tests: [], remark: "no test fails" };
    assert.deepEqual(
      note(unverified).map(({ text }) => text),
      ["No test fails", "Not proved"],
    );
  });

  it("names a dozen tests, and counts the rest", () => {
    const tests = Array.from({ length: 15 }, (_, number) => `test_${number}`);
    const lines = note({ ...VERIFIED, tests }).map(({ text }) => text);
    assert.deepEqual(lines.slice(11, 13), ["test_11", "and 3 more"]);
  });
});

describe("the edits of a fix", () => {
  it("are those of each document, with the version that they are for", () => {
    const edits = [{ range: RANGE, newText: "x" }];
    const documentChanges = [{ textDocument: { uri: URI, version: 4 }, edits }];
    assert.deepEqual(documentEdits({ documentChanges }), [{ uri: URI, version: 4, edits }]);
    assert.deepEqual(documentEdits({ changes: { [URI]: edits } }), [{ uri: URI, version: null, edits }]);
  });

  it("create, rename and delete no files", () => {
    const documentChanges = [{ kind: "delete" as const, uri: URI }];
    assert.throws(() => documentEdits({ documentChanges }), /not to delete files/);
  });
});
