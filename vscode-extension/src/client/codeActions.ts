/**
 * The server's code actions, so that choosing one opens a review.
 *
 * VS Code would apply a resolved edit at once, even one that comes too late. So what it is given
 * has a command in the place of an edit, and the command asks the server itself.
 */

import * as vscode from "vscode";
import type { CodeAction } from "vscode-languageclient";
import type { Middleware } from "vscode-languageclient/node";

/** The command behind each code action. Not in the palette: its argument is the action. */
export const OPEN_FIX = "repairlsp.openFix";

/** Middleware for `textDocument/codeAction`. */
export const provideAsReviews: NonNullable<Middleware["provideCodeActions"]> = async (
  document,
  range,
  context,
  token,
  next,
) => {
  const offered = await next(document, range, context, token);
  return offered?.map((each) => (each instanceof vscode.CodeAction ? asReview(each) : each));
};

/**
 * Middleware for `codeAction/resolve`: VS Code resolves whatever has no edit before it runs the
 * command, and to these none is to come.
 */
export const resolveExceptReviews: NonNullable<Middleware["resolveCodeAction"]> = (
  action,
  token,
  next,
) => (action.command?.command === OPEN_FIX ? action : next(action, token));

function asReview(offered: vscode.CodeAction): vscode.CodeAction {
  const data = (offered as { data?: unknown }).data;
  if (offered.disabled || offered.edit || offered.command || data === undefined) return offered;
  const action = new vscode.CodeAction(offered.title, offered.kind);
  if (offered.diagnostics) action.diagnostics = offered.diagnostics;
  const asked: CodeAction = { title: offered.title, data };
  if (offered.kind) asked.kind = offered.kind.value;
  action.command = { command: OPEN_FIX, title: offered.title, arguments: [asked] };
  return action;
}
