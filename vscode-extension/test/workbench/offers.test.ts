/** What the workbench offers where: the palette, the context menu, the walkthrough. */

import assert from "node:assert/strict";
import { LINE } from "./project";
import { EXTENSION, Session } from "./session";

const ALWAYS = [
  "Debug Information",
  "Fix Failing Tests",
  "Install Server",
  "Restart Server",
  "Run Tests and Show What Fails",
  "Select Model",
  "Show Log",
  "Show Report of the Last Fix",
];

describe("the offers", () => {
  const session = new Session([EXTENSION], { "workbench.commandPalette.history": 0 });

  it("in the palette are those that can be followed here", async () => {
    const [bench] = await session.open("palette");
    await bench.openFile("ages.py");
    const inSource = [...ALWAYS, "Fix This Function or Selection", "Show Other Fixes"];
    assert.deepEqual(await bench.palette("repairlsp: "), inSource.sort());
    await bench.openFile("test_ages.py");
    const inTests = [...ALWAYS, "Fix This Function or Selection", "Fix This Test"];
    assert.deepEqual(await bench.palette("repairlsp: "), inTests.sort());
    await bench.openFile("pyproject.toml");
    assert.deepEqual(await bench.palette("repairlsp: "), ALWAYS);
  });

  it("in the editor's menu are to fix the function or the test", async () => {
    const [bench] = await session.open("context-menu");
    await bench.openFile("ages.py");
    await bench.goTo(LINE, 12);
    await bench.page.locator(".view-line").getByText("return").click({ button: "right" });
    const offers = bench.page.locator(".monaco-menu .action-label");
    await offers.getByText("Fix This Function or Selection").waitFor();
    await bench.picture("source");
    assert.equal(await offers.getByText("Fix This Test").count(), 0);
  });

  it("begin with a walkthrough", async () => {
    const [bench] = await session.open("walkthrough");
    await bench.openFile("ages.py");
    await bench.page.setViewportSize({ width: 1600, height: 900 }); // pictures need the room
    await bench.walkthrough("Get started with repairlsp");
    await bench.page.getByText("Fix a squiggle").first().waitFor();
    await bench.page.locator('img[alt="The light bulb\'s menu on a squiggle"]').waitFor();
    await bench.picture("first-step");
  });
});
