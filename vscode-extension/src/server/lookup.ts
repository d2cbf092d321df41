/**
 * Which server is started. The places, in this order:
 *
 * 1. the setting `repairlsp.path`. Whoever sets it means it: if what it names does not work, that is
 *    an error, and no other place is tried;
 * 2. the private environment that this extension makes of the wheel that it carries: the server that
 *    this version was tested with. A build for one platform carries all that the server needs and
 *    makes the environment before it looks; the other has an "Install" button;
 * 3. the interpreter that the Python extension has selected, if repairlsp is installed there. Not in
 *    restricted mode: a workspace may bring an interpreter of its own;
 * 4. `repairlsp` on the PATH.
 */

import { statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { HERE, type Platform } from "./platform";
import { run, spell, type Program } from "./program";

/** What the lookup depends on, as it is at this moment. */
export interface Surroundings {
  /** The setting `repairlsp.path`; empty when it is not set. */
  readonly setting: string;
  /** Where the private environment is, if it was made. */
  readonly privatePython: string | undefined;
  /** The selected interpreter, or why there is none. Only asked in trusted workspaces. */
  readonly interpreter: () => Promise<{ python: string } | { reason: string }>;
  readonly trusted: boolean;
  /** The environment variable PATH. */
  readonly searchPath: string;
}

export type Place = "setting" | "private environment" | "interpreter" | "PATH";

export interface Found {
  readonly program: Program;
  readonly place: Place;
  /** What the server calls itself, `0.1.0`. */
  readonly version: string;
}

export interface Lookup {
  /** Undefined when there is no server anywhere. */
  readonly found: Found | undefined;
  /** Why it is that one: one line for each place that was looked at. */
  readonly explanation: readonly string[];
  /** Set when `repairlsp.path` names something that does not work. */
  readonly badSetting?: boolean;
}

/** How long a server may take to tell its version: it is a cold start of Python on a busy machine. */
const PROBE_MILLISECONDS = 20_000;

/** Looks for the server. Never throws: what went wrong at a place is in the explanation. */
export async function look(around: Surroundings): Promise<Lookup> {
  const explanation: string[] = [];
  const say = (number: number, what: string): void => {
    explanation.push(`${number}. ${what}`);
  };
  const settle = async (number: number, place: Place, program: Program): Promise<Lookup | undefined> => {
    const probed = await probe(program);
    if ("problem" in probed) {
      say(number, `${place}: ${spell(program)} does not work: ${probed.problem}`);
      return undefined;
    }
    say(number, `${place}: ${spell(program)} is repairlsp ${probed.version}; chosen`);
    return { found: { program, place, version: probed.version }, explanation };
  };

  if (around.setting) {
    const program = { command: expandHome(around.setting), args: [] };
    const chosen = await settle(1, "setting", program);
    return chosen ?? { found: undefined, explanation, badSetting: true };
  }
  say(1, "setting: repairlsp.path is not set");

  if (around.privatePython) {
    const chosen = await settle(2, "private environment", inPython(around.privatePython));
    if (chosen) return chosen;
  } else {
    say(2, "private environment: not installed");
  }

  if (around.trusted) {
    const selected = await around.interpreter();
    if ("python" in selected) {
      const chosen = await settle(3, "interpreter", inPython(selected.python));
      if (chosen) return chosen;
    } else {
      say(3, `interpreter: ${selected.reason}`);
    }
  } else {
    say(3, "interpreter: not asked, because the workspace is not trusted");
  }

  const onPath = which("repairlsp", around.searchPath);
  if (onPath) {
    const chosen = await settle(4, "PATH", { command: onPath, args: [] });
    if (chosen) return chosen;
  } else {
    say(4, "PATH: there is no repairlsp");
  }
  return { found: undefined, explanation };
}

/** repairlsp as a module of an interpreter. `-P`: modules of the working directory stay out of it. */
export function inPython(python: string): Program {
  return { command: python, args: ["-P", "-m", "repairlsp"] };
}

/** The first executable file of that name on a search path. Relative entries do not count. */
export function which(name: string, searchPath: string, platform = HERE): string | undefined {
  for (const folder of searchPath.split(platform.path.delimiter)) {
    const file = platform.path.join(folder, platform.fileOf(name));
    if (platform.path.isAbsolute(folder) && isExecutable(file, platform)) return file;
  }
  return undefined;
}

function isExecutable(file: string, platform: Platform): boolean {
  const stat = statSync(file, { throwIfNoEntry: false });
  return stat !== undefined && stat.isFile() && platform.canExecute(stat.mode);
}

async function probe(program: Program): Promise<{ version: string } | { problem: string }> {
  try {
    const ended = await run(program, ["--version"], { timeout: PROBE_MILLISECONDS });
    const version = /^repairlsp (\S+)/.exec(ended.stdout)?.[1];
    if (ended.code === 0 && version) return { version };
    const last = ended.stderr.trim().split("\n").at(-1);
    return { problem: last ?? `exit code ${ended.code ?? "none"}` };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

function expandHome(file: string): string {
  return /^~[/\\]/.test(file) ? path.join(homedir(), file.slice(2)) : file;
}
