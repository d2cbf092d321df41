/** Not a test: takes the pictures of the README and of the walkthrough, in a real workbench. */

import * as path from "node:path";
import { LINE } from "./project";
import { CHECKER, EXTENSION, Session } from "./session";
import { FIX } from "./workbench";

const FOLDER = "media/walkthrough";

describe("the pictures of the README", () => {
  const session = new Session([EXTENSION, CHECKER], {
    "workbench.sideBar.location": "right",
    "editor.fontSize": 15,
  });

  it("are taken", async () => {
    const [bench] = await session.open("readme");
    await bench.page.setViewportSize({ width: 1000, height: 460 });
    const take = async (name: string): Promise<void> => {
      await bench.page.mouse.move(5, 455);
      await bench.page.waitForTimeout(500); // what moves or fades has arrived
      await bench.page.screenshot({ path: path.join(FOLDER, `${name}.png`) });
    };
    await bench.page.keyboard.press("Control+B");
    await bench.openFile("ages.py");
    await bench.goTo(LINE, 12);
    const offers = await bench.lightBulb();
    await offers.getByText("Fix this bug: 18 is of age").waitFor();
    await take("offer");
    await bench.page.keyboard.press("Escape");

    await bench.command("repairlsp: Run Tests and Show What Fails");
    const failed = bench.notification("1 of 3 tests fail");
    await failed.waitFor({ timeout: FIX });
    await bench.command("Notifications: Clear All Notifications");
    await bench.openFile("test_ages.py");
    const lens = bench.page.locator(".codelens-decoration a").getByText("Fix failing test");
    await lens.waitFor();
    await take("failing");
    await lens.click();
    await bench.tab("✓ ages.py").waitFor({ timeout: FIX });
    await bench.note.getByText("test_an_adult").waitFor();
    await take("review");
  });
});
