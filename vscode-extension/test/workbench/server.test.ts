/** The server that is missing, installed, killed; and what is said about it. */

import assert from "node:assert/strict";
import { LINE, slowAges } from "./project";
import { EXTENSION, Session } from "./session";
import { FIX } from "./workbench";

describe("the server", () => {
  const session = new Session([EXTENSION]);

  it("is started again when it was killed, which is said", async () => {
    const [bench] = await session.open("killed", slowAges(600));
    await bench.openFile("ages.py");
    await bench.goTo(LINE, 12);
    await bench.command("repairlsp: Fix This Function or Selection");
    const running = bench.notification("Fixing");
    await running.waitFor();
    const killed = session.started().at(-1);
    assert.ok(killed);
    process.kill(killed, "SIGKILL");
    await bench.notification("the server ended while it was at work").waitFor();
    await running.waitFor({ state: "detached" });
    await bench.picture("told");
    const status = await bench.languageStatus();
    await status.getByText(/server 0\.1\.0/).waitFor();
    assert.notEqual(session.started().at(-1), killed);
    await bench.picture("again");
  });

  it("is asked for what a bug report needs", async () => {
    const [bench] = await session.open("debug-information");
    await bench.openFile("ages.py");
    await bench.command("repairlsp: Debug Information");
    await bench.page.locator(".view-line").getByText("# repairlsp: debug information").waitFor({ timeout: FIX });
    await bench.page.locator(".view-line").getByText("server: ready 0.1.0").waitFor();
    await bench.picture("text");
  });

  it("is missing, which is said, and installed when asked to", async () => {
    const [bench] = await session.open("missing");
    await bench.openFile("ages.py");
    await bench.changeSettings(session.server.spell({ ...session.settings, "repairlsp.path": "" }));
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
    assert.match(session.server.log(), /2\. private environment: .*\/bin\/python .*; chosen/);
  });
});
