/** A code action of the server, from the user's choice to the fix that can be reviewed. */

import * as vscode from "vscode";
import {
  CodeAction,
  CodeActionRequest,
  CodeActionResolveRequest,
  CodeActionTriggerKind,
  Command,
} from "vscode-languageclient";
import type { LanguageClient } from "vscode-languageclient/node";
import { applyEdits } from "../review/edits";
import type { Found } from "../review/fix";
import { ask, command } from "./asking";
import { SERVER_COMMANDS } from "./extensions";
import { documentEdits, proofOf } from "./proof";

/** The kind of "fix the function at the cursor, or the selected lines". */
const REWRITE = "refactor.rewrite.repairlsp";

/**
 * Asks the server for the fix of an action that it has offered. Takes seconds.
 *
 * Undefined when there is none, and the user was told why.
 */
export async function findFix(
  client: LanguageClient,
  action: CodeAction,
): Promise<Found | undefined> {
  const resolved = await ask(client, () =>
    client.sendRequest(CodeActionResolveRequest.type, action),
  );
  return resolved && found(client, resolved, action.data);
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
  const first = offered?.find((each) => !Command.is(each) && each.kind === REWRITE);
  if (!first || Command.is(first)) return "nothing can be fixed here; put the cursor into a function";
  return first.disabled?.reason ?? first;
}

async function found(client: LanguageClient, action: CodeAction, target: unknown): Promise<Found> {
  if (!action.edit) throw new Error("the server answered without an edit");
  const [change, ...others] = documentEdits(action.edit);
  if (!change || others.length > 0) throw new Error("a fix is for one document");
  const uri = client.protocol2CodeConverter.asUri(change.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const version = change.version ?? document.version;
  const after = applyEdits(document.getText(), change.edits);
  const edit = new vscode.WorkspaceEdit();
  // Without the server's annotations: they would ask for the review that the user has just done.
  edit.set(uri, await client.protocol2CodeConverter.asTextEdits([...change.edits]));
  const fix = {
    proof: proofOf(action),
    files: [{ document, version, after }],
    accept: async () => document.version === version && vscode.workspace.applyEdit(edit),
  };
  // The others come as a proposal of the server's, which is reviewed in the place of this.
  const more = async (): Promise<void> => {
    await command(client, SERVER_COMMANDS.alternatives, [target]);
  };
  return { fixes: [fix], more };
}
