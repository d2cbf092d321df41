/** A code action of the server, from the user's choice to the review of its fix. */

import * as vscode from "vscode";
import {
  CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeActionTriggerKind,
  LSPErrorCodes,
  ResponseError,
} from "vscode-languageclient";
import type { LanguageClient } from "vscode-languageclient/node";
import { applyEdits } from "../review/edits";
import type { Fix } from "../review/fix";
import { documentEdits, proofOf } from "./proof";

/** The kind of "fix the function at the cursor, or the selected lines". */
const REWRITE = "refactor.rewrite.repairlsp";

/** Answers after which the user knows why: the server has shown it, or they cancelled. */
const TOLD: readonly number[] = [
  LSPErrorCodes.RequestCancelled,
  LSPErrorCodes.ContentModified,
  LSPErrorCodes.RequestFailed,
];

/**
 * Asks the server for the fix of an action that it has offered. Takes seconds.
 *
 * Undefined when there is none, and the user was told why.
 */
export async function findFix(
  client: LanguageClient,
  action: CodeAction,
): Promise<Fix | undefined> {
  let resolved: CodeAction;
  try {
    resolved = await client.sendRequest(CodeActionResolveRequest.type, action);
  } catch (error) {
    if (!(error instanceof ResponseError && TOLD.includes(error.code))) {
      client.outputChannel.appendLine(`codeAction/resolve: ${String(error)}`);
      void vscode.window.showErrorMessage(
        "repairlsp: the server ended while it was looking for a fix; ask again. What it last said is in its log.",
      );
    }
    return undefined;
  }
  return fixOf(client, resolved);
}

/** The action for the function at the cursor or the selected lines; a text says why there is none. */
export async function offerAt(
  client: LanguageClient,
  editor: vscode.TextEditor,
): Promise<CodeAction | string> {
  const { document, selection } = editor;
  const params = {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(selection),
    context: { diagnostics: [], only: [REWRITE], triggerKind: CodeActionTriggerKind.Invoked },
  };
  const offered = await client.sendRequest(CodeActionRequest.type, params);
  for (const each of offered ?? []) {
    if (CodeAction.is(each) && each.kind === REWRITE) return each.disabled?.reason ?? each;
  }
  return "nothing can be fixed here; put the cursor into a function";
}

async function fixOf(client: LanguageClient, action: CodeAction): Promise<Fix> {
  if (!action.edit) throw new Error("the server answered without an edit");
  const [change, ...more] = documentEdits(action.edit);
  if (!change || more.length > 0) throw new Error("a fix is for one document");
  const uri = client.protocol2CodeConverter.asUri(change.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const version = change.version ?? document.version;
  const after = applyEdits(document.getText(), change.edits);
  const edit = new vscode.WorkspaceEdit();
  // Without the server's annotations: they would ask for the review that the user has just done.
  edit.set(uri, await client.protocol2CodeConverter.asTextEdits([...change.edits]));
  return {
    proof: proofOf(action),
    files: [{ document, version, after }],
    accept: async () => document.version === version && vscode.workspace.applyEdit(edit),
  };
}
