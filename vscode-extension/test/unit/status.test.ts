import assert from "node:assert/strict";
import type { ServerStatus } from "../../src/client/extensions";
import { saying, type Facts } from "../../src/status/words";

const READY: Facts = {
  server: { phase: "ready", version: "0.1.0" },
  work: undefined,
  status: undefined,
  lastFix: undefined,
  trusted: true,
};

const IDLE: ServerStatus = {
  state: "idle",
  health: "ok",
  message: "",
  running: null,
  queue: 0,
  model: { name: null, loaded: true, memoryMiB: 104 },
  memoryMiB: 60,
};

describe("the status item", () => {
  it("is calm when the server is ready", () => {
    assert.deepEqual(saying(READY), {
      text: "$(check) repairlsp",
      detail: "server 0.1.0",
      severity: "information",
      busy: false,
    });
  });

  it("says what is being done", () => {
    const { busy, detail } = saying({ ...READY, work: "tried 120 of 2,000 candidates" });
    assert.deepEqual([busy, detail], [true, "tried 120 of 2,000 candidates"]);
  });

  it("says what takes memory, and what waits", () => {
    const { detail } = saying({ ...READY, status: IDLE });
    assert.equal(detail, "server 0.1.0 (60 MiB), embedded model (104 MiB)");
    const unloaded = { ...IDLE, model: { name: "phi-3-mini", loaded: false, memoryMiB: null } };
    assert.match(saying({ ...READY, status: unloaded }).detail, /phi-3-mini model \(not loaded\)/);
    const waiting = saying({ ...READY, work: "fixing", status: { ...IDLE, queue: 2 } });
    assert.equal(waiting.detail, "fixing; 2 waiting");
  });

  it("remembers what came of the last search", () => {
    const { detail } = saying({ ...READY, lastFix: "verified by 3 tests" });
    assert.equal(detail, "last fix verified by 3 tests; server 0.1.0");
  });

  it("passes on what is wrong, in the server's words", () => {
    const status: ServerStatus = { ...IDLE, health: "error", message: "no sandbox: install bwrap" };
    const { severity, detail } = saying({ ...READY, status });
    assert.deepEqual([severity, detail], ["error", "no sandbox: install bwrap"]);
  });

  it("warns that nothing is verified in restricted mode", () => {
    const { severity, detail } = saying({ ...READY, trusted: false });
    assert.equal(severity, "warning");
    assert.match(detail, /unverified/);
  });

  it("tells a server that is missing from one that has ended", () => {
    assert.equal(saying({ ...READY, server: { phase: "missing" } }).severity, "warning");
    const ended = saying({ ...READY, server: { phase: "failed", reason: "it ended too often" } });
    assert.equal(ended.severity, "error");
    assert.match(ended.detail, /it ended too often/);
  });
});
