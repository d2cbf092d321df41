/** The wheels that the extension carries. */

import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";

export interface Bundled {
  readonly folder: string;
  /** The server's own wheel. */
  readonly server: string;
  /** The Pythons, `3.12`, for which all is here that the server needs; none in a universal build. */
  readonly pythons: ReadonlySet<string>;
}

/** What is in the folder of the extension; undefined when that was built without the server. */
export function bundled(extension: string): Bundled | undefined {
  const folder = path.join(extension, "bundled");
  const wheels = existsSync(folder) ? readdirSync(folder) : [];
  const server = wheels.find((file) => /^repairlsp-.*\.whl$/.test(file));
  if (server === undefined) return undefined;
  return { folder, server: path.join(folder, server), pythons: pythonsOf(wheels) };
}

/** The Pythons that wheels are for which are for one Python only (`-cp312-cp312-`). */
export function pythonsOf(wheels: readonly string[]): ReadonlySet<string> {
  const tags = wheels.map((file) => /-cp3(\d+)-cp3\1-/.exec(file)?.[1]);
  return new Set(tags.filter((minor) => minor !== undefined).map((minor) => `3.${minor}`));
}
