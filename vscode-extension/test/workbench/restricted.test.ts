/** A workspace that its user does not trust. */

import assert from "node:assert/strict";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { AGES, LINE, type Files } from "./project";
import { EXTENSION, Session } from "./session";
import { FIX } from "./workbench";

const FOLDER = mkdtempSync(path.join(tmpdir(), "repairlsp-restricted-"));

/** Exists as soon as anything of the workspace was run. */
const RAN = path.join(FOLDER, "ran");
const EVIL = path.join(FOLDER, "evil");

/** Every place that the extension or the server might take a program from names a bad one. */
const PROJECT: Files = {
  ...AGES,
  "test_ages.py": `from pathlib import Path\n\nPath(${JSON.stringify(RAN)}).touch()\n`,
  "repairlsp.toml": `test_command = [${JSON.stringify(EVIL)}]\n`,
  ".vscode/settings.json": JSON.stringify({
    "repairlsp.path": EVIL,
    "repairlsp.testCommand": [EVIL],
  }),
};

describe("restricted mode", () => {
  const session = new Session([EXTENSION], {
    "security.workspace.trust.enabled": true,
    "security.workspace.trust.startupPrompt": "never",
  });

  it("offers fixes, but runs nothing of the workspace", async () => {
    writeFileSync(EVIL, `#!/bin/sh\ntouch '${RAN}'\n`, { mode: 0o755 });
    const [bench] = await session.open("restricted", PROJECT);
    await bench.openFile("ages.py");
    await bench.goTo(LINE, 12);
    const status = await bench.languageStatus();
    await status.getByText("repairlsp: restricted").waitFor();
    await bench.picture("status");
    await bench.page.keyboard.press("Escape");
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.tab(/⚠ ages\.py: fix, not verified by any test/).waitFor({ timeout: FIX });
    await bench.picture("unverified");
    assert.equal(existsSync(RAN), false);
  });
});
