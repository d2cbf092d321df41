/** The build for one platform: it starts by itself, without a network and without a question. */

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { LINE } from "./project";
import { Session, VERIFIED, WITH_SERVER } from "./session";
import { FIX } from "./workbench";

describe("the build that carries the server", () => {
  if (!existsSync(WITH_SERVER)) {
    it.skip(`${WITH_SERVER} is not there: npm run package -- --target linux-x64`);
    return;
  }
  const noIndex = { PIP_NO_INDEX: "1", PIP_CONFIG_FILE: "/dev/null" };
  const session = new Session([WITH_SERVER], { "repairlsp.path": "" }, noIndex);

  it("installs it at the first start, and fixes", async () => {
    const [bench] = await session.open("carried");
    await bench.openFile("ages.py");
    const installing = bench.notification("installing the server");
    await installing.waitFor();
    await bench.picture("installing");
    await installing.waitFor({ state: "detached", timeout: FIX });
    await bench.goTo(LINE, 12);
    await bench.command("repairlsp: Fix This Function or Selection");
    await bench.tab(VERIFIED).waitFor({ timeout: FIX });
    await bench.picture("diff");
    assert.match(session.server.log(), /2\. private environment: .*; chosen/);
  });
});
