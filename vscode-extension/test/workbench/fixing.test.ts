/** From a squiggle or a cursor to the fixed file, and everything that may come between. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import * as path from "node:path";
import { AGES, BUGGY, FIXED, LINE, slowAges, type Files } from "./project";
import { CHECKER, EXTENSION, Session, VERIFIED } from "./session";
import { FIX, type Workbench } from "./workbench";

const FIX_FUNCTION = "repairlsp: Fix This Function or Selection";

describe("the workbench", () => {
  const session = new Session([EXTENSION, CHECKER]);

  /** Opens a new project; its file is shown, and the cursor is on the bug. */
  async function atTheBug(story: string, files: Files = AGES): Promise<[Workbench, string]> {
    const [bench, folder] = await session.open(story, files);
    await bench.openFile("ages.py");
    await bench.goTo(LINE, 12);
    return [bench, path.join(folder, "ages.py")];
  }

  it("leads from a squiggle of another tool through the light bulb to the fixed file", async () => {
    const [bench, file] = await atTheBug("squiggle");
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
    await bench.save(file, FIXED);
  });

  it("takes an accepted fix back in one step", async () => {
    const [bench, file] = await atTheBug("undo");
    await bench.command(FIX_FUNCTION);
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.picture("diff");
    await bench.titleButton("Accept Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(FIXED);
    await bench.page.keyboard.press("Control+Z");
    await bench.shows(BUGGY);
    await bench.picture("undone");
    await bench.save(file, BUGGY);
  });

  it("writes nothing when a fix is discarded, and still has its report", async () => {
    const [bench, file] = await atTheBug("discard");
    await bench.command(FIX_FUNCTION);
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.titleButton("Discard Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(BUGGY);
    await bench.save(file, BUGGY);
    await bench.command("repairlsp: Show Report of the Last Fix");
    await bench.page.locator(".view-line").getByText("+    return age >= 18").waitFor();
    await bench.picture("report");
  });

  it("keeps what was typed while the fix was computed, and says why there is no fix", async () => {
    const [bench, file] = await atTheBug("typed", slowAges(5));
    await bench.command(FIX_FUNCTION);
    await bench.notification("Fixing").waitFor();
    await bench.goTo(1);
    await bench.page.keyboard.type("# typed");
    await bench.page.keyboard.press("Enter");
    await bench.notification("the document was changed since").waitFor({ timeout: FIX });
    await bench.picture("told");
    assert.equal(await bench.tab(/fix,/).count(), 0);
    await bench.save(file, `# typed\n${BUGGY}`);
  });

  it("ends the review of a fix when its file is changed", async () => {
    const [bench, file] = await atTheBug("stale");
    await bench.command(FIX_FUNCTION);
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.tab(/^ages\.py$/).click();
    await bench.goTo(1);
    await bench.page.keyboard.type("# typed");
    await bench.page.keyboard.press("Enter");
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.notification("the document was changed since").waitFor();
    await bench.save(file, `# typed\n${BUGGY}`);
  });

  it("stops when it is cancelled", async () => {
    const [bench, file] = await atTheBug("cancel", slowAges(600));
    await bench.command(FIX_FUNCTION);
    const running = bench.notification("Fixing");
    await running.waitFor();
    await bench.picture("running");
    await running.getByText("Cancel").click();
    await running.waitFor({ state: "detached" });
    await bench.picture("cancelled");
    assert.equal(await bench.page.locator(".notification-toast").count(), 0);
    await bench.save(file, BUGGY);
  });

  it("shows a fix that no test has proved as such, and follows a changed setting", async () => {
    const [bench] = await atTheBug("unverified");
    const changed = { ...session.settings, "repairlsp.verify": "off" };
    await bench.changeSettings(session.server.spell(changed));
    await bench.command(FIX_FUNCTION);
    await bench.tab(/⚠ ages\.py: fix, not verified by any test/).waitFor({ timeout: FIX });
    await bench.note.getByText("Not verified by any test").waitFor();
    await bench.titleButton("Accept Unverified Fix").waitFor();
    assert.equal(await bench.titleButton("Accept Fix").count(), 0);
    await bench.picture("diff");
  });

  it("shows several fixes, one after the other", async () => {
    const [bench, file] = await atTheBug("others");
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
    await bench.save(file, BUGGY);
  });
});
