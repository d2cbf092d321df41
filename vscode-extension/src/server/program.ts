/** Other programs: how one is started and what it left behind. */

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { HERE } from "./platform";

/** A program with the arguments that come first, whatever it is asked to do. */
export interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/** What a program that has ended left behind; `code` is null when a signal ended it. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  /** The program is ended after this time, in milliseconds. */
  readonly timeout?: number;
  readonly signal?: AbortSignal;
  readonly cwd?: string;
  /** Told of each line on standard output. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs `program` with further arguments to its end, without a shell.
 *
 * Rejects when it cannot be started, or with an AbortError when it was cut short.
 */
export async function run(
  program: Program,
  args: readonly string[],
  options: RunOptions = {},
): Promise<Ended> {
  const limits = [options.signal, options.timeout && AbortSignal.timeout(options.timeout)];
  const signal = AbortSignal.any(limits.filter((each) => each instanceof AbortSignal));
  return new Promise((resolve, reject) => {
    const child = spawn(program.command, [...program.args, ...args], {
      signal,
      cwd: options.cwd,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    if (options.onLine) {
      createInterface({ input: child.stdout }).on("line", options.onLine);
    }
    child.on("error", reject);
    child.on("close", (code) => {
      resolve({ code, stdout, stderr });
    });
  });
}

/** The command line, for people to read and to copy. */
export function spell(program: Program, args: readonly string[] = [], platform = HERE): string {
  return [program.command, ...program.args, ...args].map((word) => platform.quote(word)).join(" ");
}
