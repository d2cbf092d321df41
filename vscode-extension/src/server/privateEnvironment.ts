/**
 * A virtual environment of the extension's own, with the server that the extension carries.
 *
 * It lives in the extension's global storage, one folder for each version of the extension, and
 * holds a server only once `installed` is written: what was interrupted is made anew.
 */

import { existsSync, readdirSync } from "node:fs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { inPython, which } from "./lookup";
import { run, type Program } from "./program";

/** `python3` comes first: it is the one that its owner chose. */
const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11"];
const OLDEST = [3, 11] as const;

/** Something that the user can do something about, in words for them. */
export class InstallError extends Error {}

export class PrivateEnvironment {
  private readonly folder: string;

  constructor(
    storage: string,
    private readonly extension: string,
    version: string,
  ) {
    this.folder = path.join(storage, `server-${version}`);
  }

  /** The environment's interpreter, or undefined when the server is not installed there. */
  get python(): string | undefined {
    return existsSync(this.marker) ? this.interpreter : undefined;
  }

  /**
   * Makes the environment. `report` is told what is being done, line by line.
   *
   * Throws InstallError, or an AbortError when `signal` ended it.
   */
  async install(
    searchPath: string,
    report: (line: string) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const wheel = this.wheel();
    report("looking for Python 3.11 or newer");
    const python = await findPython(searchPath);
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(path.dirname(this.folder), { recursive: true });
    const must = async (program: Program, args: readonly string[], hint: string): Promise<void> => {
      const ended = await run(program, args, { signal, onLine: report });
      if (ended.code !== 0) {
        const last = ended.stderr.trim().split("\n").at(-1) ?? ended.stdout.trim();
        throw new InstallError(`${hint}: ${last}`);
      }
    };
    report(`making a virtual environment with ${python}`);
    await must(
      { command: python, args: [] },
      ["-m", "venv", this.folder],
      "the virtual environment could not be made (is Python's venv module installed?)",
    );
    await must(
      { command: this.interpreter, args: ["-m", "pip"] },
      ["install", "--disable-pip-version-check", "--no-input", wheel],
      "pip could not install the server",
    );
    await must(inPython(this.interpreter), ["--version"], "the installed server does not start");
    await writeFile(this.marker, `${path.basename(wheel)}\n`);
  }

  private get marker(): string {
    return path.join(this.folder, "installed");
  }

  private get interpreter(): string {
    return path.join(this.folder, "bin", "python");
  }

  private wheel(): string {
    const folder = path.join(this.extension, "bundled");
    const wheels = existsSync(folder) ? readdirSync(folder) : [];
    const name = wheels.find((file) => /^repairlsp-.*\.whl$/.test(file));
    if (!name) throw new InstallError("this build of the extension carries no server to install");
    return path.join(folder, name);
  }
}

async function findPython(searchPath: string): Promise<string> {
  for (const name of PYTHONS) {
    const file = which(name, searchPath);
    if (file && (await isNewEnough(file))) return file;
  }
  throw new InstallError(
    `no Python ${OLDEST.join(".")} or newer was found on the PATH: install one, and try again`,
  );
}

async function isNewEnough(python: string): Promise<boolean> {
  const question = `import sys; sys.exit(sys.version_info < (${OLDEST.join(", ")}))`;
  try {
    return (await run({ command: python, args: ["-c"] }, [question], { timeout: 20_000 })).code === 0;
  } catch {
    return false; // it cannot be started: then it is not the one to use
  }
}
