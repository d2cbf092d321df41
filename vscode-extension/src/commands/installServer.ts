/** A missing server: how it is installed, and the one message about it. */

import * as vscode from "vscode";
import type { Lookup } from "../server/lookup";
import { HERE, WINDOWS } from "../server/platform";
import { InstallError, type PrivateEnvironment } from "../server/privateEnvironment";
import type { Server } from "../server/server";

const INSTALL = "Install";
const SETTING = "Open Setting";
const LOG = "Show Log";

/** The server needs what Windows does not have: file locks and process groups as POSIX has them. */
const NOT_ON_WINDOWS =
  "repairlsp does not run on Windows itself yet, but in WSL it does: open the folder there.";

export class Installer {
  /** Whether it was installed, or tried to, without being asked. */
  private tried = false;

  constructor(
    private readonly environment: PrivateEnvironment,
    private readonly log: vscode.LogOutputChannel,
  ) {}

  /** Installs what the extension carries whole, once, before a server is looked for. Never rejects. */
  async installCarried(): Promise<void> {
    const { isCarried, python } = this.environment;
    if (this.tried || !isCarried || python !== undefined || HERE === WINDOWS) return;
    this.tried = true;
    // What went wrong is in the log, and the message about the missing server comes anyway.
    await this.install().catch((error: unknown) => {
      this.logged(error);
    });
  }

  /** Says that there is no server, with the button that helps most. */
  async offer(lookup: Lookup, server: Server): Promise<void> {
    const pressed = await this.ask(lookup);
    if (pressed === INSTALL) await this.installAndStart(server);
    if (pressed === LOG) this.log.show();
    if (pressed === SETTING) {
      await vscode.commands.executeCommand("workbench.action.openSettings", "repairlsp.path");
    }
  }

  /** Makes the private environment and starts its server. */
  async installAndStart(server: Server): Promise<void> {
    if (HERE === WINDOWS) {
      void vscode.window.showWarningMessage(NOT_ON_WINDOWS);
      return;
    }
    try {
      await this.install();
    } catch (error) {
      if (this.logged(error) === undefined) return;
      const reason = error instanceof InstallError ? error.message : String(error);
      const pressed = await vscode.window.showErrorMessage(`repairlsp: ${reason}`, LOG);
      if (pressed === LOG) this.log.show();
      return;
    }
    await server.restart();
  }

  private async ask(lookup: Lookup): Promise<string | undefined> {
    const { showErrorMessage, showWarningMessage } = vscode.window;
    if (lookup.badSetting) {
      const text = "repairlsp: what the setting repairlsp.path names does not work.";
      return showErrorMessage(text, SETTING, LOG);
    }
    if (HERE === WINDOWS) return showWarningMessage(NOT_ON_WINDOWS, LOG);
    const text =
      "repairlsp: there is no repairlsp on this machine yet. Install it into an environment of its own? Your projects' environments stay as they are.";
    return showWarningMessage(text, INSTALL, LOG);
  }

  /** Makes the private environment, with progress and a cancel button. */
  private async install(): Promise<void> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: "repairlsp: installing the server",
      cancellable: true,
    };
    await vscode.window.withProgress(options, async (progress, cancelled) => {
      const cut = new AbortController();
      cancelled.onCancellationRequested(() => {
        cut.abort();
      });
      const report = (line: string): void => {
        this.log.info(`install: ${line}`);
        progress.report({ message: shorten(line) });
      };
      await this.environment.install(process.env["PATH"] ?? "", report, cut.signal);
    });
  }

  /** Puts an error into the log, and returns it unless it is the user's own cancelling. */
  private logged(error: unknown): unknown {
    if (error instanceof Error && error.name === "AbortError") {
      this.log.info("install: cancelled");
      return undefined;
    }
    this.log.error(error instanceof Error ? error : String(error));
    return error;
  }
}

/** A line of pip's, short enough for a notification. */
function shorten(line: string): string {
  const text = line.trim();
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
