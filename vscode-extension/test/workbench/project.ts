/** Small projects with a bug, and a server for them whose processes can be counted. */

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";

export const BUGGY = `"""Ages."""


def is_adult(age):
    return age > 18
`;
export const FIXED = BUGGY.replace(">", ">=");

/** The line of the bug, from 1. */
export const LINE = 5;

const TESTS = `from ages import is_adult


def test_an_adult():
    assert is_adult(19)
    assert is_adult(18)


def test_a_child():
    assert not is_adult(17)
    assert not is_adult(8)


def test_a_baby():
    assert not is_adult(0)
`;

/** Texts by their names. */
export type Files = Readonly<Record<string, string>>;

/** One bug, and a test that fails. */
export const AGES: Files = { "ages.py": BUGGY, "test_ages.py": TESTS };

/** The same, with tests that take so many seconds: long enough to do something in the meantime. */
export function slowAges(seconds: number): Files {
  return { ...AGES, "test_ages.py": `import time\n\ntime.sleep(${seconds})\n\n${TESTS}` };
}

/** A bug in each of two files, and a test of each. */
export const TWO_BUGS: Files = {
  "ages.py": BUGGY,
  "children.py": `"""Children."""


def is_child(age):
    return age < 12
`,
  "test_limits.py": `from ages import is_adult
from children import is_child


def test_eighteen():
    assert is_adult(18)


def test_twelve():
    assert is_child(12)


def test_adults():
    assert is_adult(19)
    assert not is_adult(17)


def test_children():
    assert is_child(8)
    assert not is_child(13)
`,
};

/** Writes the project and returns its folder. */
export function project(folder: string, files: Files): string {
  const all = { "pyproject.toml": '[project]\nname = "ages"\nversion = "1"\n', ...files };
  for (const [name, text] of Object.entries(all)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return folder;
}

/** A program that becomes the server, and first writes its process id into `pids`. */
export function countedServer(folder: string, pids: string): string {
  const server = process.env["REPAIRLSP"] ?? path.resolve("../.venv/bin/repairlsp");
  const file = path.join(folder, "repairlsp");
  const count = `test "$1" = serve && echo $$ >> '${pids}'`;
  writeFileSync(file, `#!/bin/sh\n${count}\nexec '${server}' "$@"\n`);
  chmodSync(file, 0o755);
  return file;
}

/** What a counted server has written: the process ids of all that were started. */
export function startedServers(pids: string): number[] {
  return readFileSync(pids, "utf8").trim().split("\n").filter(Boolean).map(Number);
}
