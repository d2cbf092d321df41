import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { look, which } from "../../src/server/lookup";
import { InstallError, PrivateEnvironment } from "../../src/server/privateEnvironment";
import { newFolder } from "./programs";

const PATH = process.env["PATH"] ?? "";

/**
 * Wheels that are as real as pip wants them: of a package that says that it is repairlsp, and of one
 * that it needs and that no index has. The latter is for this Python alone.
 */
const MAKE_WHEELS = `
import sys, zipfile
def make(name, tag, code, needs=""):
    with zipfile.ZipFile(f"{sys.argv[1]}/{name}-0.0.9-{tag}.whl", "w") as wheel:
        info = f"{name}-0.0.9.dist-info/"
        wheel.writestr(f"{name}/__main__.py", code)
        wheel.writestr(info + "METADATA", f"Metadata-Version: 2.1\\nName: {name}\\nVersion: 0.0.9\\n{needs}")
        wheel.writestr(info + "WHEEL", f"Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: {tag}\\n")
        wheel.writestr(info + "RECORD", "")
python = f"cp3{sys.version_info.minor}"
make("repairlsp", "py3-none-any", "print('repairlsp 0.0.9')", "Requires-Dist: repairlsp-part\\n")
make("repairlsp_part", f"{python}-{python}-" + sys.argv[2], "")
`;

/** An extension with these wheels, built for this platform. */
function extensionWithWheels(): string {
  const folder = newFolder();
  const bundled = path.join(folder, "bundled");
  mkdirSync(bundled);
  const tag = process.platform === "darwin" ? "macosx_11_0_universal2" : `linux_${machine()}`;
  execFileSync("python3", ["-c", MAKE_WHEELS, bundled, tag]);
  return folder;
}

const machine = (): string => (process.arch === "arm64" ? "aarch64" : "x86_64");

describe("the private environment", () => {
  const going = new AbortController().signal;

  it("is made of the wheels that the extension carries, without an index, and then found", async function () {
    this.timeout(180_000); // a virtual environment with pip: 5 s on a quiet machine
    if (!which("python3", PATH)) this.skip();
    const storage = newFolder();
    mkdirSync(path.join(storage, "environment-0.9.0-abcdef")); // what an older version has left
    const environment = new PrivateEnvironment(storage, extensionWithWheels(), "1.0.0");
    assert.equal(environment.python, undefined);
    const told: string[] = [];
    await environment.install(PATH, (line) => told.push(line), going);
    assert.ok(told.some((line) => line.startsWith("making a virtual environment")));
    assert.equal(existsSync(path.join(storage, "environment-0.9.0-abcdef")), false);
    const { found } = await look({
      setting: "",
      privatePython: environment.python,
      interpreter: () => Promise.resolve({ reason: "not asked" }),
      trusted: true,
      searchPath: "",
    });
    assert.deepEqual([found?.place, found?.version], ["private environment", "0.0.9"]);
    assert.ok(environment.isCarried);
    assert.equal(new PrivateEnvironment(storage, "", "1.0.1").python, undefined);
  });

  it("is not there after an interrupted installation", async () => {
    const storage = newFolder();
    const environment = new PrivateEnvironment(storage, extensionWithWheels(), "1.0.0");
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
    assert.deepEqual(readdirSync(storage), []);
  });

  it("says what to do where there is no Python", async () => {
    const environment = new PrivateEnvironment(newFolder(), extensionWithWheels(), "1.0.0");
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
