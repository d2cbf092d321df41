import assert from "node:assert/strict";
import { which } from "../../src/server/lookup";
import { POSIX, WINDOWS } from "../../src/server/platform";
import { spell } from "../../src/server/program";

describe("on Windows", () => {
  it("the interpreter of an environment is Scripts\\python.exe", () => {
    assert.equal(WINDOWS.interpreterIn("C:\\data\\env"), "C:\\data\\env\\Scripts\\python.exe");
    assert.equal(POSIX.interpreterIn("/data/env"), "/data/env/bin/python");
  });

  it("Python's installer makes no python3, so that python is asked first", () => {
    assert.equal(WINDOWS.pythons[0], "python");
    assert.equal(POSIX.pythons[0], "python3");
  });

  it("a program is an .exe, since scripts need a shell", () => {
    assert.equal(WINDOWS.fileOf("repairlsp"), "repairlsp.exe");
  });

  it("no mode says what can be executed", () => {
    assert.deepEqual([WINDOWS.canExecute(0o666), POSIX.canExecute(0o666)], [true, false]);
  });

  it("the search path is cut at semicolons, and its relative entries do not count", () => {
    const looked: string[] = [];
    const windows = {
      ...WINDOWS,
      fileOf: (name: string) => {
        looked.push(name);
        return `${name}.exe`;
      },
    };
    assert.equal(which("repairlsp", "C:\\a;tools;D:\\b c", windows), undefined);
    assert.equal(looked.length, 3);
  });

  it("a command line is spelt with backslashes as they are", () => {
    const program = { command: "C:\\Program Files\\py\\python.exe", args: ["-P", "C:\\x"] };
    assert.equal(spell(program, ["a b"], WINDOWS), '"C:\\Program Files\\py\\python.exe" -P C:\\x "a b"');
    assert.equal(spell({ command: "/usr/bin/python3", args: [] }, ["a b"], POSIX), '/usr/bin/python3 "a b"');
  });
});
