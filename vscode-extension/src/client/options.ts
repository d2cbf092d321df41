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

/** Who has a part in what is said between client and server. */
export interface Parts {
  readonly work: RunningWork;
  /** Has the server do one of its commands. */
  readonly execute: (command: string, args: readonly unknown[]) => Promise<unknown>;
  /** Told whenever the server was sent the settings. */
  readonly configured: () => void;
  /** Whether this client is not about to be ended. */
  readonly stays: () => boolean;
}

export function clientOptions(
  packageJson: unknown,
  log: vscode.LogOutputChannel,
  parts: Parts,
): LanguageClientOptions {
  return {
    documentSelector: DOCUMENTS,
    outputChannel: log,
    // Only this: they stay the base of what is sent later, where a setting may be unset again.
    initializationOptions: { trusted: vscode.workspace.isTrusted },
    middleware: middleware(settingKeys(packageJson), parts),
    connectionOptions: { maxRestartCount: MOST_RESTARTS },
  };
}

function middleware(keys: readonly string[], parts: Parts): Middleware {
  const { work, execute, configured, stays } = parts;
  return {
    executeCommand: (command, args) => execute(command, args),
    provideCodeActions: provideAsReviews,
    resolveCodeAction: resolveExceptReviews,
    handleWorkDoneProgress: (token, progress) => {
      work.handle(token, progress);
    },
    workspace: {
      // A client that is being ended cannot send any more, and would say so in a message.
      didChangeConfiguration: async (sections, next) => {
        if (stays()) await next(sections);
      },
      configuration: (params) => {
        setImmediate(configured); // after the answer
        return params.items.map((item) => {
          if (item.section !== "repairlsp") return null;
          const scope = item.scopeUri === undefined ? undefined : vscode.Uri.parse(item.scopeUri);
          const configuration = vscode.workspace.getConfiguration("repairlsp", scope);
          return forServer(configuration, keys, vscode.workspace.isTrusted);
        });
      },
    },
  };
}
