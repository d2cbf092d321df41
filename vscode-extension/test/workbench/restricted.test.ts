/** A workspace that its user does not trust. */

import assert from "node:assert/strict";
import { existsSync, writeFileSync, mkdirSync } from "node:fs";
import * as path from "node:path";
import { chromium, type Browser } from "playwright-core";
import { CodeServer } from "./codeServer";
import { countedServer, LINE, project } from "./project";
import { FIX, Workbench } from "./workbench";

const EXTENSION = process.env["REPAIRLSP_VSIX"] ?? "repairlsp-0.1.0.vsix";

describe("restricted mode", () => {
  const server = new CodeServer();
  let browser: Browser;

  before(async () => {
    await server.start([EXTENSION], {
      "security.workspace.trust.enabled": true,
      "security.workspace.trust.startupPrompt": "never",
      "repairlsp.path": countedServer(server.folder, path.join(server.folder, "pids")),
      "repairlsp.maxSeconds": 250,
    });
    browser = await chromium.launch({
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
  });

  after(async () => {
    await browser.close();
    server.stop();
  });

  it("offers fixes, but runs nothing of the workspace", async function () {
    const ran = path.join(server.folder, "ran");
    const tests = `from pathlib import Path\n\nPath(${JSON.stringify(ran)}).touch()\n`;
    const folder = project(path.join(server.folder, "project"), tests);
    const theirs = path.join(folder, "evil");
    writeFileSync(theirs, `#!/bin/sh\ntouch '${ran}'\n`, { mode: 0o755 });
    mkdirSync(path.join(folder, ".vscode"));
    writeFileSync(
      path.join(folder, ".vscode", "settings.json"),
      JSON.stringify({ "repairlsp.path": theirs, "repairlsp.testCommand": [theirs] }),
    );
    writeFileSync(path.join(folder, "repairlsp.toml"), `test_command = ["${theirs}"]\n`);
    const bench = await Workbench.open(browser, server.address(folder), "restricted");
    try {
      await bench.openFile("ages.py");
      await bench.goTo(LINE, 12);
      const status = await bench.languageStatus();
      await status.getByText("repairlsp: restricted").waitFor();
      await bench.picture("status");
      await bench.page.keyboard.press("Escape");
      await bench.command("repairlsp: Fix This Function or Selection");
      await bench.tab(/⚠ ages\.py: fix, not verified by any test/).waitFor({ timeout: FIX });
      await bench.picture("unverified");
      assert.equal(existsSync(ran), false);
    } catch (error) {
      console.log(server.log());
      await bench.failure();
      throw error;
    } finally {
      await bench.close();
    }
  });
});
