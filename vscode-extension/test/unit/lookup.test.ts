import assert from "node:assert/strict";
import * as path from "node:path";
import { look, which, type Surroundings } from "../../src/server/lookup";
import { newFolder, script, server } from "./programs";

/** A machine without any server, in a trusted workspace. */
const NOTHING: Surroundings = {
  setting: "",
  privatePython: undefined,
  interpreter: () => Promise.resolve({ reason: "the Python extension is not installed" }),
  trusted: true,
  searchPath: "",
};

describe("the lookup of the server", () => {
  const folder = newFolder();
  const onPath = path.dirname(server(path.join(folder, "path"), "4.0"));
  const python = server(folder, "3.0", "python");
  const privatePython = server(folder, "2.0", "private-python");
  const everywhere: Surroundings = {
    setting: server(folder, "1.0", "set"),
    privatePython,
    interpreter: () => Promise.resolve({ python }),
    trusted: true,
    searchPath: onPath,
  };

  it("takes the setting before everything else", async () => {
    const { found } = await look(everywhere);
    assert.deepEqual([found?.place, found?.version], ["setting", "1.0"]);
  });

  it("takes the private environment next, then the interpreter, then the PATH", async () => {
    const places: (string | undefined)[] = [];
    let around: Surroundings = { ...everywhere, setting: "" };
    places.push((await look(around)).found?.place);
    around = { ...around, privatePython: undefined };
    places.push((await look(around)).found?.place);
    around = { ...around, interpreter: NOTHING.interpreter };
    places.push((await look(around)).found?.place);
    assert.deepEqual(places, ["private environment", "interpreter", "PATH"]);
  });

  it("says for each place what was found there", async () => {
    const { explanation } = await look({ ...NOTHING, searchPath: onPath });
    assert.deepEqual(explanation, [
      "1. setting: repairlsp.path is not set",
      "2. private environment: not installed",
      "3. interpreter: the Python extension is not installed",
      `4. PATH: ${onPath}/repairlsp is repairlsp 4.0; chosen`,
    ]);
  });

  it("looks no further when the setting names what does not work", async () => {
    const setting = script(folder, "broken", 'echo "no module named x" >&2; exit 3');
    const { found, explanation, badSetting } = await look({ ...everywhere, setting });
    assert.equal(found, undefined);
    assert.equal(badSetting, true);
    assert.deepEqual(explanation, [`1. setting: ${setting} does not work: no module named x`]);
  });

  it("does not take another program of that name for the server", async () => {
    const other = path.dirname(script(path.join(folder, "other"), "repairlsp", "echo hello"));
    assert.equal((await look({ ...NOTHING, searchPath: other })).found, undefined);
  });

  it("does not ask for the interpreter of a workspace that is not trusted", async () => {
    const interpreter = () => Promise.reject(new Error("it was asked"));
    const { found, explanation } = await look({ ...NOTHING, trusted: false, interpreter });
    assert.equal(found, undefined);
    assert.match(explanation[2] ?? "", /not trusted/);
  });

  it("goes on to the PATH when the selected interpreter has no repairlsp", async () => {
    const bare = script(folder, "bare-python", 'echo "No module named repairlsp" >&2; exit 1');
    const interpreter = () => Promise.resolve({ python: bare });
    const { found } = await look({ ...everywhere, setting: "", privatePython: undefined, interpreter });
    assert.equal(found?.place, "PATH");
  });

  it("keeps modules of the working directory out of the interpreter's", async () => {
    const echo = script(folder, "echo-python", '[ "$1" = -P ] && echo "repairlsp 9.9"');
    const { found } = await look({ ...NOTHING, interpreter: () => Promise.resolve({ python: echo }) });
    assert.equal(found?.version, "9.9");
  });

  it("does not look into relative entries of the PATH", () => {
    assert.equal(which("repairlsp", `.${path.delimiter}${path.relative(process.cwd(), onPath)}`), undefined);
    assert.equal(which("repairlsp", onPath), path.join(onPath, "repairlsp"));
  });
});
