/** The one message about a missing server, and what its buttons do. */

import * as vscode from "vscode";
import { InstallError, type PrivateEnvironment } from "../server/privateEnvironment";
import type { Lookup } from "../server/lookup";
import type { Server } from "../server/server";

const INSTALL = "Install";
const SETTING = "Open Setting";
const LOG = "Show Log";

/** Says that there is no server, with the button that helps most. */
export async function offerInstall(
  lookup: Lookup,
  server: Server,
  environment: PrivateEnvironment,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const pressed = lookup.badSetting
    ? await vscode.window.showErrorMessage(
        "repairlsp: what the setting repairlsp.path names does not work.",
        SETTING,
        LOG,
      )
    : await vscode.window.showWarningMessage(
        "repairlsp: there is no repairlsp on this machine yet. Install it into an environment of its own? Your projects' environments stay as they are.",
        INSTALL,
        LOG,
      );
  if (pressed === INSTALL) await install(server, environment, log);
  if (pressed === SETTING) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "repairlsp.path");
  }
  if (pressed === LOG) log.show();
}

/** Makes the private environment, with progress and a cancel button, and starts its server. */
export async function install(
  server: Server,
  environment: PrivateEnvironment,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: "repairlsp: installing the server",
    cancellable: true,
  };
  try {
    await vscode.window.withProgress(options, async (progress, cancelled) => {
      const cut = new AbortController();
      cancelled.onCancellationRequested(() => {
        cut.abort();
      });
      const report = (line: string): void => {
        log.info(`install: ${line}`);
        progress.report({ message: shorten(line) });
      };
      await environment.install(process.env["PATH"] ?? "", report, cut.signal);
    });
  } catch (error) {
    if (error instanceof Error && error.name === "AbortError") {
      log.info("install: cancelled");
      return;
    }
    log.error(error instanceof Error ? error : String(error));
    const reason = error instanceof InstallError ? error.message : String(error);
    const pressed = await vscode.window.showErrorMessage(`repairlsp: ${reason}`, LOG);
    if (pressed === LOG) log.show();
    return;
  }
  await server.restart();
}

/** A line of pip's, short enough for a notification. */
function shorten(line: string): string {
  const text = line.trim();
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
}
