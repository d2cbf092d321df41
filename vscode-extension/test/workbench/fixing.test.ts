/** From a squiggle, a cursor or a failing test to the fixed file, and everything that may come between. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { chromium, type Browser } from "playwright-core";
import { CodeServer, startedServers, type Settings } from "./codeServer";
import { BUGGY, countedServer, FIXED, LINE, project, slowly } from "./project";
import { FIX, Workbench } from "./workbench";

const EXTENSION = process.env["REPAIRLSP_VSIX"] ?? "repairlsp-0.1.0.vsix";
const CHECKER = "out/checker.vsix";
const VERIFIED = /✓ ages\.py: fix, verified by 3 tests/;

describe("the workbench", function () {
  const server = new CodeServer();
  const pids = path.join(server.folder, "pids");
  let settings: Settings;
  let browser: Browser;
  let bench: Workbench | undefined;
  let count = 0;

  /** Opens a new project; its file is shown, and the cursor is on the bug. */
  async function openProject(story: string, tests?: string): Promise<[Workbench, string]> {
    const folder = project(path.join(server.folder, `project-${++count}`), tests);
    bench = await Workbench.open(browser, server.address(folder), story);
    await bench.openFile("ages.py");
    await bench.goTo(LINE, 12);
    return [bench, path.join(folder, "ages.py")];
  }

  async function save(bench: Workbench, file: string, expected: string): Promise<void> {
    await bench.page.keyboard.press("Control+S");
    for (let tries = 0; tries < 100 && readFileSync(file, "utf8") !== expected; tries += 1) {
      await bench.page.waitForTimeout(100);
    }
    assert.equal(readFileSync(file, "utf8"), expected);
  }

  before(async () => {
    settings = {
      "security.workspace.trust.enabled": false,
      "repairlsp.path": countedServer(server.folder, pids),
      "repairlsp.maxSeconds": 250,
      "repairlsp.searchSeconds": 250,
    };
    await server.start([EXTENSION, CHECKER], settings);
    browser = await chromium.launch({
      executablePath: process.env["CHROMIUM"] ?? "/usr/bin/chromium",
      args: ["--no-sandbox"],
    });
  });

  afterEach(async function () {
    if (this.currentTest?.state === "failed") {
      console.log(server.log());
      await bench?.failure();
    }
    await bench?.close();
    bench = undefined;
    server.configure(settings);
  });

  after(async () => {
    await browser.close();
    server.stop();
  });

  it("leads from a squiggle of another tool through the light bulb to the fixed file", async () => {
    const [bench, file] = await openProject("squiggle");
    await bench.page.locator(".squiggly-error").first().waitFor();
    await bench.picture("squiggle");
    const offers = await bench.lightBulb();
    await offers.getByText("Fix this bug: 18 is of age").waitFor();
    await bench.picture("light-bulb");
    await offers.getByText("Fix this bug: 18 is of age").click();
    await bench.notification("Fixing").waitFor();
    await bench.picture("progress");
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.note.getByText("Verified by 3 tests").waitFor();
    await bench.picture("diff");
    assert.equal(readFileSync(file, "utf8"), BUGGY);
    await bench.titleButton("Accept Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(FIXED);
    await bench.picture("accepted");
    assert.equal(readFileSync(file, "utf8"), BUGGY);
    await save(bench, file, FIXED);
  });

  it("takes an accepted fix back in one step", async () => {
    const [bench, file] = await openProject("undo");
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.picture("diff");
    await bench.titleButton("Accept Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(FIXED);
    await bench.page.keyboard.press("Control+Z");
    await bench.shows(BUGGY);
    await bench.picture("undone");
    await save(bench, file, BUGGY);
  });

  it("writes nothing when a fix is discarded", async () => {
    const [bench, file] = await openProject("discard");
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.titleButton("Discard Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(BUGGY);
    await save(bench, file, BUGGY);
  });

  it("keeps what was typed while the fix was computed, and says why there is no fix", async () => {
    const [bench, file] = await openProject("typed", slowly(5));
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.notification("Fixing").waitFor();
    await bench.goTo(1);
    await bench.page.keyboard.type("# typed");
    await bench.page.keyboard.press("Enter");
    await bench.notification("the document was changed since").waitFor({ timeout: FIX });
    await bench.picture("told");
    assert.equal(await bench.tab(/fix,/).count(), 0);
    await save(bench, file, `# typed\n${BUGGY}`);
  });

  it("ends the review of a fix when its file is changed", async () => {
    const [bench, file] = await openProject("stale");
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.tab(/^ages\.py$/).click();
    await bench.goTo(1);
    await bench.page.keyboard.type("# typed");
    await bench.page.keyboard.press("Enter");
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.notification("the document was changed since").waitFor();
    await save(bench, file, `# typed\n${BUGGY}`);
  });

  it("stops when it is cancelled", async () => {
    const [bench, file] = await openProject("cancel", slowly(600));
    await bench.command("repairlsp: Fix This Function or Selection");
    const running = bench.notification("Fixing");
    await running.waitFor();
    await bench.picture("running");
    await running.getByText("Cancel").click();
    await running.waitFor({ state: "detached" });
    await bench.picture("cancelled");
    assert.equal(await bench.page.locator(".notification-toast").count(), 0);
    await save(bench, file, BUGGY);
  });

  it("starts the server again when it was killed, and says so", async () => {
    const [bench] = await openProject("killed", slowly(600));
    await bench.command("repairlsp: Fix This Function or Selection");
    const running = bench.notification("Fixing");
    await running.waitFor();
    const killed = startedServers(pids).at(-1);
    assert.ok(killed);
    process.kill(killed, "SIGKILL");
    await bench.notification("the server ended while it was at work").waitFor();
    await running.waitFor({ state: "detached" });
    await bench.picture("told");
    const status = await bench.languageStatus();
    await status.getByText(/server 0\.1\.0/).waitFor();
    assert.notEqual(startedServers(pids).at(-1), killed);
    await bench.picture("again");
  });

  it("shows a fix that no test has proved as such, and follows a changed setting", async () => {
    const [bench] = await openProject("unverified");
    await bench.changeSettings(server.spell({ ...settings, "repairlsp.verify": "off" }));
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.tab(/⚠ ages\.py: fix, not verified by any test/).waitFor({ timeout: FIX });
    await bench.note.getByText("Not verified by any test").waitFor();
    await bench.titleButton("Accept Unverified Fix").waitFor();
    assert.equal(await bench.titleButton("Accept Fix").count(), 0);
    await bench.picture("diff");
  });

  it("leads from a failing test to a verified fix in another file", async () => {
    const [bench, file] = await openProject("failing-test");
    await bench.command("repairlsp: Run Tests and Show What Fails");
    const failed = bench.notification("1 of 3 tests fail");
    await failed.waitFor({ timeout: FIX });
    await bench.openFile("test_ages.py");
    const lens = bench.page.locator(".codelens-decoration a").getByText("Fix failing test");
    await lens.waitFor();
    await bench.picture("failing");
    await lens.click();
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.note.getByText("test_an_adult").waitFor();
    await bench.picture("diff");
    await bench.titleButton("Accept Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(FIXED);
    await save(bench, file, FIXED);
  });

  it("shows several fixes, one after the other", async () => {
    const [bench, file] = await openProject("others");
    await bench.command("repairlsp: Show Other Fixes");
    const shown = bench.tab(/ages\.py: fix/);
    await shown.waitFor({ timeout: FIX });
    const first = await bench.proposed();
    await bench.titleButton("Show Next Fix").click();
    for (let tries = 0; tries < 50 && (await bench.proposed()) === first; tries += 1) {
      await bench.page.waitForTimeout(200);
    }
    await bench.picture("second");
    assert.notEqual(await bench.proposed(), first);
    assert.equal(await shown.count(), 1);
    await bench.titleButton("Discard Fix").click();
    await save(bench, file, BUGGY);
  });

  it("says what is missing where there is no server, and installs it when asked to", async () => {
    const [bench] = await openProject("missing");
    await bench.changeSettings(server.spell({ ...settings, "repairlsp.path": "" }));
    const offer = bench.notification("Install it into an environment of its own?");
    await offer.waitFor();
    await bench.picture("missing");
    await offer.getByRole("button", { name: "Install" }).click();
    const installing = bench.notification("installing the server");
    await installing.waitFor();
    await bench.picture("installing");
    await installing.waitFor({ state: "detached", timeout: FIX });
    const status = await bench.languageStatus();
    await status.getByText(/server 0\.1\.0/).waitFor();
    await bench.picture("installed");
    assert.match(server.log(), /2\. private environment: .*\/server-0\.1\.0\/bin\/python .*; chosen/);
  });
});
