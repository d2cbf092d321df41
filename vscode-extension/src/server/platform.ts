/** What differs between Windows and everywhere else, as far as it concerns starting Python. */

import * as path from "node:path";

export interface Platform {
  readonly path: path.PlatformPath;
  /** The file of a program of that name. On Windows, only these are started without a shell. */
  readonly fileOf: (name: string) => string;
  /** Whether a file with that mode can be executed. Windows does not tell. */
  readonly canExecute: (mode: number) => boolean;
  /** Where Python's `venv` puts the interpreter of an environment. */
  readonly interpreterIn: (environment: string) => string;
  /** A word of a command line, as one types it. */
  readonly quote: (word: string) => string;
  /** What Python is called, best first: the plain name is the one that its owner chose. */
  readonly pythons: readonly string[];
}

const NUMBERED = ["python3.14", "python3.13", "python3.12", "python3.11"];

export const POSIX: Platform = {
  path: path.posix,
  fileOf: (name) => name,
  canExecute: (mode) => (mode & 0o111) !== 0,
  interpreterIn: (environment) => path.posix.join(environment, "bin", "python"),
  quote: (word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : JSON.stringify(word)),
  pythons: ["python3", ...NUMBERED],
};

export const WINDOWS: Platform = {
  path: path.win32,
  fileOf: (name) => `${name}.exe`,
  canExecute: () => true,
  interpreterIn: (environment) => path.win32.join(environment, "Scripts", "python.exe"),
  quote: (word) => (/^[\w@+=:,./\\-]+$/.test(word) ? word : `"${word}"`),
  pythons: ["python", "python3", ...NUMBERED],
};

export const HERE = process.platform === "win32" ? WINDOWS : POSIX;
