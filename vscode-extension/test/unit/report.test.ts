import assert from "node:assert/strict";
import { report, unifiedDiff } from "../../src/review/report";

const lines = (...all: string[]): string => all.map((line) => `${line}\n`).join("");

describe("the report of a fix", () => {
  it("has the proof, the tests and the change", () => {
    const proof = {
      verified: true,
      label: "verified by 3 tests",
      remark: "",
      tests: ["test_ages.py::test_an_adult"],
    };
    const file = { name: "src/ages.py", before: "x > 18\n", after: "x >= 18\n" };
    assert.equal(
      report(proof, [file]),
      lines(
        "# ✓ Verified by 3 tests",
        "",
        "- test_ages.py::test_an_adult: failed before, passes now",
        "- No other test fails: whether it is what you meant is for you to review",
        "",
        "```diff",
        "--- a/src/ages.py",
        "+++ b/src/ages.py",
        "@@ -1,1 +1,1 @@",
        "-x > 18",
        "+x >= 18",
        "```",
      ),
    );
  });

  it("shows three lines around a change", () => {
    const before = lines("1", "2", "3", "4", "5", "6", "7", "8", "9");
    const after = lines("1", "2", "3", "4", "five", "6", "7", "8", "9");
    const diff = unifiedDiff({ name: "a", before, after }).split("\n");
    assert.deepEqual(diff.slice(2, -1), ["@@ -2,7 +2,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"]);
  });

  it("counts an empty span after the line before it", () => {
    assert.match(unifiedDiff({ name: "a", before: "", after: "1\n" }), /@@ -0,0 \+1,1 @@\n\+1\n$/);
  });
});
