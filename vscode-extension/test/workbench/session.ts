/** One workbench for a file of tests, and for each test a new project in a new window. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { chromium, type Browser } from "playwright-core";
import { CodeServer, type Settings } from "./codeServer";
import { AGES, countedServer, project, startedServers, type Files } from "./project";
import { Workbench } from "./workbench";

const VERSION = (JSON.parse(readFileSync("package.json", "utf8")) as { version: string }).version;

/** The extension as it is for all platforms; `npm run package` makes it. */
export const EXTENSION = `repairlsp-${VERSION}.vsix`;

/** The one that carries all that the server needs on this platform. */
export const WITH_SERVER = `repairlsp-linux-x64-${VERSION}.vsix`;

/** Stands for a linter, and for the Python extension's tests; `npm run checker` makes it. */
export const CHECKER = "out/checker.vsix";

/** How a title of a diff begins that three tests prove. */
export const VERIFIED = /✓ ages\.py: fix, verified by 3 tests/;

export class Session {
  readonly server = new CodeServer();
  readonly settings: Settings;
  private readonly pids = path.join(this.server.folder, "pids");
  private browser: Browser | undefined;
  private bench: Workbench | undefined;
  private count = 0;

  /** Of the `describe` block in which it is made. `settings` come after the usual ones. */
  constructor(
    extensions: readonly string[],
    settings: Settings = {},
    environment: NodeJS.ProcessEnv = {},
  ) {
    this.settings = {
      "security.workspace.trust.enabled": false,
      "repairlsp.path": countedServer(this.server.folder, this.pids),
      "repairlsp.maxSeconds": 250,
      "repairlsp.searchSeconds": 250,
      ...settings,
    };
    before(async () => {
      await this.server.start(extensions, this.settings, environment);
      this.browser = await chromium.launch({
        executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
        args: ["--no-sandbox"],
      });
    });
    const end = (failed: boolean): Promise<void> => this.end(failed);
    afterEach(async function () {
      await end(this.currentTest?.state === "failed");
    });
    after(async () => {
      await this.browser?.close();
      this.server.stop();
    });
  }

  /** Writes a project and opens it. `story` is what its pictures are named after. */
  async open(story: string, files: Files = AGES): Promise<[Workbench, string]> {
    if (!this.browser) throw new Error("the browser was not started");
    const folder = project(path.join(this.server.folder, `project-${++this.count}`), files);
    this.bench = await Workbench.open(this.browser, this.server.address(folder), story);
    return [this.bench, folder];
  }

  /** The process ids of the servers that were started so far. */
  started(): number[] {
    return startedServers(this.pids);
  }

  /** Waits until the extension has written something into its log. */
  async logged(bench: Workbench, text: string): Promise<void> {
    for (let tries = 0; tries < 300 && !this.server.log().includes(text); tries += 1) {
      await bench.page.waitForTimeout(200);
    }
    assert.ok(this.server.log().includes(text), text);
  }

  /** Closes the window; the next has the usual settings again. */
  private async end(failed: boolean): Promise<void> {
    if (failed) {
      console.log(this.server.log());
      await this.bench?.failure();
    }
    await this.bench?.close();
    this.bench = undefined;
    this.server.configure(this.settings);
  }
}
