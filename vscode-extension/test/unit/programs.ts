/** Small programs that stand where a server would be: what they print is all that is asked. */

import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";

/** A new folder that goes with the machine's temporary files. */
export function newFolder(): string {
  return mkdtempSync(path.join(tmpdir(), "repairlsp-unit-"));
}

/** Writes an executable shell script and returns its path. */
export function script(folder: string, name: string, body: string): string {
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, name);
  writeFileSync(file, `#!/bin/sh\n${body}\n`);
  chmodSync(file, 0o755);
  return file;
}

/** A program that calls itself repairlsp of that version. */
export function server(folder: string, version: string, name = "repairlsp"): string {
  return script(folder, name, `echo "repairlsp ${version}"`);
}
