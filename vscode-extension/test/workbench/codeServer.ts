/** A real VS Code: code-server, with the built extension installed, in folders of its own. */

import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { BUSY } from "./busy";

/** Where setup.sh has installed it. */
const ENTRY = path.resolve(
  process.env["REPAIRLSP_WORKBENCH"] ?? ".workbench",
  "code-server/node_modules/code-server/out/node/entry.js",
);

/** How long it may take to start, in milliseconds. */
const START_MILLISECONDS = 45_000 * BUSY;

/** How often it is tried. */
const STARTS = 5;

/** What would be in the way of the tests, or of the pictures. */
const QUIET = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "workbench.editor.useModal": "off",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  "editor.minimap.enabled": false,
  "files.autoSave": "off",
  "git.enabled": false,
  "extensions.ignoreRecommendations": true,
  "telemetry.telemetryLevel": "off",
  "update.mode": "none",
  "window.commandCenter": false,
  "workbench.reduceMotion": "on",
  "editor.cursorBlinking": "solid",
};

export type Settings = Readonly<Record<string, unknown>>;

export class CodeServer {
  /** Everything that it writes. */
  readonly folder = mkdtempSync(path.join(tmpdir(), "repairlsp-workbench-"));
  private child: ChildProcess | undefined;
  private port = 0;

  /** Installs extensions, writes the user's settings, and starts it, with more in its environment. */
  async start(
    vsixes: readonly string[],
    settings: Settings,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<void> {
    this.configure(settings);
    for (const vsix of vsixes) {
      const args = [ENTRY, ...this.folders, "--install-extension", vsix];
      execFileSync(process.execPath, args, { stdio: "pipe" });
    }
    // It gives its own child process 10 s to answer: a busy machine may miss that.
    for (let left = STARTS; ; left -= 1) {
      try {
        await this.launch(environment);
        return;
      } catch (error) {
        this.kill();
        if (left === 1) throw error;
      }
    }
  }

  private async launch(environment: NodeJS.ProcessEnv): Promise<void> {
    this.port = await freePort();
    const options = [
      ...["--auth", "none", "--bind-addr", `127.0.0.1:${this.port}`],
      ...["--disable-telemetry", "--disable-update-check", "--disable-getting-started-override"],
    ];
    const child = spawn(process.execPath, [ENTRY, ...this.folders, ...options], {
      stdio: ["ignore", "pipe", "pipe"],
      detached: true, // a process group, so that all of it can be ended
      env: { ...process.env, PATH: pathWithoutServer(), ...environment },
    });
    this.child = child;
    let said = "";
    await new Promise<void>((resolve, reject) => {
      const late = setTimeout(() => {
        reject(new Error(`code-server did not start: ${said}`));
      }, START_MILLISECONDS);
      const hear = (text: Buffer): void => {
        said += text.toString();
        if (said.includes("HTTP server listening")) {
          clearTimeout(late);
          resolve();
        }
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      child.on("exit", (code) => {
        clearTimeout(late);
        reject(new Error(`code-server ended with ${code ?? "a signal"}: ${said}`));
      });
    });
  }

  /** Writes the user's settings, for the next window. */
  configure(settings: Settings): void {
    const user = path.join(this.folder, "data", "User");
    mkdirSync(user, { recursive: true });
    const file = path.join(user, "settings.json");
    writeFileSync(file, this.spell(settings));
  }

  /** The content of the settings' file. */
  spell(settings: Settings): string {
    return JSON.stringify({ ...settings, ...QUIET }, null, 2);
  }

  /** Where a browser opens a folder. */
  address(folder: string): string {
    return `http://127.0.0.1:${this.port}/?folder=${encodeURIComponent(folder)}`;
  }

  /** What the extension has written into its log, of all windows. */
  log(): string {
    const logs = path.join(this.folder, "data", "logs");
    return globSync("**/*repairlsp*.log", { cwd: logs })
      .map((file) => readFileSync(path.join(logs, file), "utf8"))
      .join("\n");
  }

  stop(): void {
    this.kill();
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** Ends all of it: what it has started may outlive it. */
  private kill(): void {
    if (this.child?.pid === undefined) return;
    try {
      process.kill(-this.child.pid, "SIGKILL");
    } catch {
      // nothing is left
    }
  }

  /** Without a configuration file of its own it would write one into the user's home. */
  private get folders(): string[] {
    const data = path.join(this.folder, "data");
    const extensions = path.join(this.folder, "extensions");
    const config = path.join(this.folder, "config.yaml");
    return ["--user-data-dir", data, "--extensions-dir", extensions, "--config", config];
  }
}

/** The search path of a machine on which repairlsp is not installed. */
function pathWithoutServer(): string {
  const folders = (process.env["PATH"] ?? "").split(path.delimiter);
  return folders
    .filter((folder) => !existsSync(path.join(folder, "repairlsp")))
    .join(path.delimiter);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
