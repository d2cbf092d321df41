/** From a failing test to the repaired files. */

import assert from "node:assert/strict";
import * as path from "node:path";
import { BUGGY, FIXED, TWO_BUGS } from "./project";
import { CHECKER, EXTENSION, Session, VERIFIED } from "./session";
import { FIX } from "./workbench";

const CHILDREN = TWO_BUGS["children.py"] ?? "";

describe("a failing test", () => {
  const session = new Session([EXTENSION, CHECKER]);

  it("leads through its code lens to a verified fix in another file", async () => {
    const [bench, folder] = await session.open("failing-test");
    await bench.openFile("ages.py");
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
    await bench.save(path.join(folder, "ages.py"), FIXED);
  });

  it("leads from the Test Explorer to a verified fix", async () => {
    const [bench, folder] = await session.open("test-explorer");
    await bench.openFile("ages.py");
    await bench.command("Checker: Run Tests");
    await bench.command("Testing: Focus on Test Explorer View");
    const row = (name: string) =>
      bench.page.locator(".test-explorer .monaco-list-row").filter({ hasText: name });
    const offer = bench.page.locator(".monaco-menu .action-label").getByText("Fix Failing Tests");
    const something = bench.page.locator(".monaco-menu .action-label").first();

    await row("test_a_child").click({ button: "right" });
    await something.waitFor();
    assert.equal(await offer.count(), 0); // it has passed
    await bench.page.keyboard.press("Escape");
    await something.waitFor({ state: "detached" });

    await row("test_an_adult").click({ button: "right" });
    await offer.waitFor();
    await bench.picture("menu");
    await offer.click();
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.note.getByText("test_an_adult").waitFor();
    await bench.picture("diff");
    await bench.titleButton("Accept Fix").click();
    await bench.tab(VERIFIED).waitFor({ state: "detached" });
    await bench.shows(FIXED);
    await bench.save(path.join(folder, "ages.py"), FIXED);
  });

  it("leads to a fix of two files, which one undo takes back", async () => {
    const [bench] = await session.open("two-files", TWO_BUGS);
    await bench.openFile("children.py");
    await bench.openFile("ages.py");
    await bench.command("repairlsp: Fix Failing Tests");
    const diffs = bench.tab(/✓ (ages|children)\.py: fix, verified by 4 tests/);
    await diffs.nth(1).waitFor({ timeout: FIX });
    assert.equal(await diffs.count(), 2);
    await bench.picture("first");
    await diffs.filter({ hasText: "children.py" }).click();
    await bench.picture("second");

    await bench.titleButton("Accept Fix").click();
    await diffs.first().waitFor({ state: "detached" });
    await bench.shows(FIXED);
    await session.logged(bench, "accepted: verified by 4 tests"); // then nothing else is shown
    await bench.tab("children.py").click();
    await bench.shows(CHILDREN.replace("<", "<="));
    await bench.picture("accepted");

    await bench.page.locator(".editor-instance .view-line").first().click();
    await bench.page.keyboard.press("Control+Z");
    await bench.shows(CHILDREN);
    await bench.tab("ages.py").click();
    await bench.shows(BUGGY);
    await bench.picture("undone");
  });
});
