/** How the language client is set up: what it sends, and what it makes of the answers. */

import * as vscode from "vscode";
import type { LanguageClientOptions, Middleware } from "vscode-languageclient/node";
import { provideAsReviews, resolveExceptReviews } from "./codeActions";
import { settingKeys } from "./contributed";
import type { RunningWork } from "./progress";
import { forServer } from "./settings";

/** The languages that the server repairs, in files on this machine. */
export const DOCUMENTS = [{ scheme: "file", language: "python" }];

/** How often the server may end by itself within three minutes and is started again. */
const MOST_RESTARTS = 3;

/** `execute` has the server do one of its commands. */
export function clientOptions(
  packageJson: unknown,
  log: vscode.LogOutputChannel,
  work: RunningWork,
  execute: (command: string, args: readonly unknown[]) => Promise<unknown>,
): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    // Only this: they stay the base of what is sent later, where a setting may be unset again.
    initializationOptions: { trusted: vscode.workspace.isTrusted },
    middleware: {
      ...middleware(settingKeys(packageJson), work),
      executeCommand: (command, args) => execute(command, args),
    },
    connectionOptions: { maxRestartCount: MOST_RESTARTS },
  };
}

function middleware(keys: readonly string[], work: RunningWork): Middleware {
  return {
    provideCodeActions: provideAsReviews,
    resolveCodeAction: resolveExceptReviews,
    handleWorkDoneProgress: (token, progress) => {
      work.handle(token, progress);
    },
    workspace: {
      configuration: (params) =>
        params.items.map((item) => {
          if (item.section !== "repairlsp") return null;
          const scope = item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri);
          const configuration = vscode.workspace.getConfiguration("repairlsp", scope);
          return forServer(configuration, keys, vscode.workspace.isTrusted);
        }),
    },
  };
}
