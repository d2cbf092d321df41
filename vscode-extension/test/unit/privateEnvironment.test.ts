import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import * as path from "node:path";
import { look, which } from "../../src/server/lookup";
import { InstallError, PrivateEnvironment } from "../../src/server/privateEnvironment";
import { newFolder } from "./programs";

const PATH = process.env["PATH"] ?? "";

/** A wheel that is as real as pip wants it, of a package that says that it is repairlsp. */
const MAKE_WHEEL = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1] + "/repairlsp-0.0.9-py3-none-any.whl", "w") as wheel:
    info = "repairlsp-0.0.9.dist-info/"
    wheel.writestr("repairlsp/__main__.py", "print('repairlsp 0.0.9')")
    wheel.writestr(info + "METADATA", "Metadata-Version: 2.1\\nName: repairlsp\\nVersion: 0.0.9\\n")
    wheel.writestr(info + "WHEEL", "Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n")
    wheel.writestr(info + "RECORD", "")
`;

function extensionWithWheel(): string {
  const folder = newFolder();
  const bundled = path.join(folder, "bundled");
  mkdirSync(bundled);
  execFileSync("python3", ["-c", MAKE_WHEEL, bundled]);
  return folder;
}

describe("the private environment", () => {
  const going = new AbortController().signal;

  it("is made of the wheel that the extension carries, and then found", async function () {
    this.timeout(180_000); // a virtual environment with pip: 5 s on a quiet machine
    if (!which("python3", PATH)) this.skip();
    const environment = new PrivateEnvironment(newFolder(), extensionWithWheel(), "1.0.0");
    assert.equal(environment.python, undefined);
    const told: string[] = [];
    await environment.install(PATH, (line) => told.push(line), going);
    assert.ok(told.some((line) => line.startsWith("making a virtual environment")));
    const { found } = await look({
      setting: "",
      privatePython: environment.python,
      interpreter: () => Promise.resolve({ reason: "not asked" }),
      trusted: true,
      searchPath: "",
    });
    assert.deepEqual([found?.place, found?.version], ["private environment", "0.0.9"]);
  });

  it("is not there after an interrupted installation", async () => {
    const storage = newFolder();
    const environment = new PrivateEnvironment(storage, extensionWithWheel(), "1.0.0");
    const cut = new AbortController();
    const installing = environment.install(
      PATH,
      (line) => {
        if (line.startsWith("making")) cut.abort();
      },
      cut.signal,
    );
    await assert.rejects(installing, { name: "AbortError" });
    assert.equal(environment.python, undefined);
  });

  it("says what to do where there is no Python", async () => {
    const environment = new PrivateEnvironment(newFolder(), extensionWithWheel(), "1.0.0");
    const installing = environment.install("", () => undefined, going);
    await assert.rejects(installing, (error) => {
      assert.ok(error instanceof InstallError);
      return error.message.includes("no Python 3.11 or newer");
    });
  });

  it("touches nothing where there is no wheel", async () => {
    const storage = path.join(newFolder(), "not made yet");
    const environment = new PrivateEnvironment(storage, newFolder(), "1.0.0");
    await assert.rejects(environment.install(PATH, () => undefined, going), InstallError);
    assert.equal(existsSync(storage), false);
  });
});
