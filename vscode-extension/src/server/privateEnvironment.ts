/**
 * A virtual environment of the extension's own, with the server that the extension carries.
 *
 * It lives in the extension's global storage. Each installation gets a folder of its own, since two
 * windows may install at once, and counts only once the file of this version of the extension names
 * it: what was interrupted is made anew.
 */

import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { bundled, type Bundled } from "./bundled";
import { inPython, which } from "./lookup";
import { HERE } from "./platform";
import { run, type Program } from "./program";

const OLDEST = [3, 11] as const;

/** What the folders of environments, and the files that name them, begin with. */
const PREFIX = "environment-";

/** Something that the user can do something about, in words for them. */
export class InstallError extends Error {}

export class PrivateEnvironment {
  constructor(
    private readonly storage: string,
    private readonly extension: string,
    private readonly version: string,
  ) {}

  /** The environment's interpreter, or undefined when the server is not installed there. */
  get python(): string | undefined {
    if (!existsSync(this.marker)) return undefined;
    const folder = path.basename(readFileSync(this.marker, "utf8").trim());
    const interpreter = HERE.interpreterIn(path.join(this.storage, folder));
    return existsSync(interpreter) ? interpreter : undefined;
  }

  /** Whether the extension carries all that the server needs, so that no network is needed. */
  get isCarried(): boolean {
    return (bundled(this.extension)?.pythons.size ?? 0) > 0;
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
    const carried = bundled(this.extension);
    if (!carried) throw new InstallError("this build of the extension carries no server to install");
    report("looking for Python 3.11 or newer");
    const python = await findPython(searchPath, carried.pythons);
    await mkdir(this.storage, { recursive: true });
    const folder = await mkdtemp(path.join(this.storage, `${PREFIX}${this.version}-`));
    try {
      report(`making a virtual environment with ${python.file}`);
      await fill(folder, python, carried, { report, signal });
      await this.name(folder);
    } catch (error) {
      await rm(folder, { recursive: true, force: true });
      throw error;
    }
    await this.removeOthers(folder);
  }

  /** The file that names the environment of this version. */
  private get marker(): string {
    return path.join(this.storage, `${PREFIX}${this.version}`);
  }

  /** Makes `folder` the environment, in one step. */
  private async name(folder: string): Promise<void> {
    await writeFile(`${folder}.new`, `${path.basename(folder)}\n`);
    await rename(`${folder}.new`, this.marker);
  }

  /** Removes the environments of other versions of the extension. */
  private async removeOthers(folder: string): Promise<void> {
    const ours = `${PREFIX}${this.version}`;
    for (const name of await readdir(this.storage)) {
      const isOurs = name === ours || name.startsWith(`${ours}-`);
      if (!name.startsWith(PREFIX) || isOurs || name === path.basename(folder)) continue;
      await rm(path.join(this.storage, name), { recursive: true, force: true }).catch(() => undefined);
    }
  }
}

interface Installing {
  readonly report: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Makes a virtual environment in `folder` and installs the server there. */
async function fill(
  folder: string,
  python: Python,
  carried: Bundled,
  { report, signal }: Installing,
): Promise<void> {
  const must = async (program: Program, args: readonly string[], hint: string): Promise<void> => {
    const ended = await run(program, args, { signal, onLine: report });
    if (ended.code !== 0) {
      const said = ended.stderr.trim() || ended.stdout.trim();
      throw new InstallError(`${hint}: ${said.split("\n").at(-1) ?? ""}`);
    }
  };
  await must(
    { command: python.file, args: [] },
    ["-m", "venv", folder],
    "the virtual environment could not be made (is Python's venv module installed?)",
  );
  const interpreter = HERE.interpreterIn(folder);
  const offline = carried.pythons.has(python.version);
  await must(
    { command: interpreter, args: ["-m", "pip"] },
    [
      ...["install", "--disable-pip-version-check", "--no-input"],
      ...(offline ? ["--no-index", "--find-links", carried.folder] : []),
      carried.server,
    ],
    "pip could not install the server",
  );
  await must(inPython(interpreter), ["--version"], "the installed server does not start");
}

interface Python {
  readonly file: string;
  /** `3.12` */
  readonly version: string;
}

/** The first Python on the path that is new enough; one that all wheels are here for comes first. */
async function findPython(searchPath: string, carried: ReadonlySet<string>): Promise<Python> {
  let first: Python | undefined;
  for (const name of HERE.pythons) {
    const file = which(name, searchPath);
    const version = file && (await versionOf(file));
    if (!version) continue;
    if (carried.size === 0 || carried.has(version)) return { file, version };
    first ??= { file, version };
  }
  if (first) return first;
  throw new InstallError(
    `no Python ${OLDEST.join(".")} or newer was found on the PATH: install one, and try again`,
  );
}

/** The version of a Python that is new enough, and undefined for any other. */
async function versionOf(python: string): Promise<string | undefined> {
  const question = `import sys; v = sys.version_info[:2]; print(*v, sep="."); sys.exit(v < (${OLDEST.join(", ")}))`;
  try {
    const { code, stdout } = await run({ command: python, args: ["-c"] }, [question], { timeout: 20_000 });
    return code === 0 ? stdout.trim() : undefined;
  } catch {
    return undefined; // it cannot be started: then it is not the one to use
  }
}
