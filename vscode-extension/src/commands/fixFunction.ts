/** "Fix This Function" and "Show Other Fixes": of the function at the cursor, or the selected lines. */

import * as vscode from "vscode";
import type { CodeAction } from "vscode-languageclient";
import type { LanguageClient } from "vscode-languageclient/node";
import { command } from "../client/asking";
import { SERVER_COMMANDS } from "../client/extensions";
import { findFix, offerAt } from "../client/fixes";
import type { Review } from "../review/review";
import type { Server } from "../server/server";
import { NO_SERVER, tell } from "./tell";

/** Looks for one fix, the first that tests prove. */
export async function fixFunction(server: Server, review: Review): Promise<void> {
  const asked = await offerHere(server);
  const found = asked && (await findFix(asked.client, asked.offer));
  if (found) await review.open(found);
}

/** Looks for several fixes to choose from; the server proposes them when it has them. */
export async function showOtherFixes(server: Server): Promise<void> {
  const asked = await offerHere(server);
  if (asked) await command(asked.client, SERVER_COMMANDS.alternatives, [asked.offer.data]);
}

async function offerHere(
  server: Server,
): Promise<{ client: LanguageClient; offer: CodeAction } | undefined> {
  const editor = vscode.window.activeTextEditor;
  const client = await server.client();
  if (!editor || !client) {
    tell(client ? "open a Python file first" : NO_SERVER);
    return undefined;
  }
  const offer = await offerAt(client, editor);
  if (typeof offer === "string") {
    tell(offer);
    return undefined;
  }
  return { client, offer };
}
