/** A small project with a bug, and a server for it whose processes can be counted. */

import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
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

/** Tests that take so many seconds: long enough to do something in the meantime. */
export function slowly(seconds: number): string {
  return `import time\n\ntime.sleep(${seconds})\n\n${TESTS}`;
}

/** Writes the project and returns its folder. */
export function project(folder: string, tests = TESTS): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "ages.py"), BUGGY);
  writeFileSync(path.join(folder, "test_ages.py"), tests);
  writeFileSync(path.join(folder, "pyproject.toml"), '[project]\nname = "ages"\nversion = "1"\n');
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
