/** Requests that take seconds and may be refused: whoever asks is told why once, and not twice. */

import * as vscode from "vscode";
import { ErrorCodes, ExecuteCommandRequest, LSPErrorCodes, ResponseError } from "vscode-languageclient";
import type { LanguageClient } from "vscode-languageclient/node";

/** Answers after which the user knows why: the server has shown it, or they cancelled. */
const TOLD: readonly number[] = [
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ServerCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.RequestFailed,
];

/** What the client library makes of a connection that broke. */
const GONE: readonly number[] = [ErrorCodes.PendingResponseRejected, ErrorCodes.ConnectionInactive];

/** What `request` is answered with; undefined when it was refused, and the user knows why. */
export async function ask<T>(
  client: LanguageClient,
  request: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof ResponseError && TOLD.includes(error.code)) return undefined;
    client.outputChannel.error(error instanceof Error ? error : String(error));
    const answered = error instanceof ResponseError && !GONE.includes(error.code);
    void vscode.window.showErrorMessage(
      !answered
        ? "repairlsp: the server ended while it was at work, and is started again; its log has what it last said"
        : `repairlsp: ${error.message}`,
    );
    return undefined;
  }
}

/** Has the server do one of its commands. */
export function command(
  client: LanguageClient,
  name: string,
  args: readonly unknown[],
): Promise<unknown> {
  const params = { command: name, arguments: args as never[] };
  return ask(client, () => client.sendRequest(ExecuteCommandRequest.type, params));
}
