import assert from "node:assert/strict";
import { saying } from "../../src/status/words";

const READY = { phase: "ready", version: "0.1.0" } as const;

describe("the status item", () => {
  it("is calm when the server is ready", () => {
    assert.deepEqual(saying(READY, undefined, true), {
      text: "$(check) repairlsp",
      detail: "server 0.1.0",
      severity: "information",
      busy: false,
    });
  });

  it("says what is being done", () => {
    const { busy, detail } = saying(READY, "tried 120 of 2,000 candidates", true);
    assert.deepEqual([busy, detail], [true, "tried 120 of 2,000 candidates"]);
  });

  it("warns that nothing is verified in restricted mode", () => {
    const { severity, detail } = saying(READY, undefined, false);
    assert.equal(severity, "warning");
    assert.match(detail, /unverified/);
  });

  it("tells a server that is missing from one that has ended", () => {
    assert.equal(saying({ phase: "missing" }, undefined, true).severity, "warning");
    const ended = saying({ phase: "failed", reason: "it ended too often" }, undefined, true);
    assert.equal(ended.severity, "error");
    assert.match(ended.detail, /it ended too often/);
  });
});
