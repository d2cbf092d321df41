/** A proposal of the server -> fixes that can be reviewed. */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import type { Fix, Found, RepairedFile } from "../review/fix";
import { ask } from "./asking";
import { AcceptProposalRequest, type Proposal, type ProposedFix } from "./extensions";
import { documentEdits } from "./proof";

/** The fixes of a proposal, with their files as they are now. */
export async function foundOf(client: LanguageClient, proposal: Proposal): Promise<Found> {
  const fixes = proposal.fixes.map((fix, index) => fixOf(client, proposal, fix, index));
  return { fixes: await Promise.all(fixes) };
}

async function fixOf(
  client: LanguageClient,
  proposal: Proposal,
  fix: ProposedFix,
  index: number,
): Promise<Fix> {
  const repaired = fix.files.map(async ({ uri, newText }): Promise<RepairedFile> => {
    const document = await vscode.workspace.openTextDocument(
      client.protocol2CodeConverter.asUri(uri),
    );
    return { document, version: document.version, after: newText };
  });
  return {
    proof: {
      verified: fix.verified,
      label: fix.proof,
      remark: fix.remark,
      tests: fix.verified ? proposal.tests : [],
    },
    files: await Promise.all(repaired),
    accept: () => accept(client, proposal.id, index),
  };
}

/** Writes a fix of a proposal; false when its files are no longer what it was made for. */
async function accept(client: LanguageClient, id: string, fix: number): Promise<boolean> {
  const answer = await ask(client, () => client.sendRequest(AcceptProposalRequest, { id, fix }));
  if (!answer) return false;
  const edit = new vscode.WorkspaceEdit();
  for (const { uri, version, edits } of documentEdits(answer.edit)) {
    const file = client.protocol2CodeConverter.asUri(uri);
    const converted = await client.protocol2CodeConverter.asTextEdits([...edits]);
    const document = await vscode.workspace.openTextDocument(file);
    if (version !== null && document.version !== version) return false;
    edit.set(file, converted);
  }
  return vscode.workspace.applyEdit(edit);
}
