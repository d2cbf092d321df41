/** "Fix This Function": the function at the cursor, or the selected lines. */

import * as vscode from "vscode";
import { findFix, offerAt } from "../client/fixes";
import type { Review } from "../review/review";
import type { Server } from "../server/server";
import { NO_SERVER, tell } from "./tell";

export async function fixFunction(server: Server, review: Review): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const client = await server.client();
  if (!editor || !client) {
    tell(client ? "open a Python file first" : NO_SERVER);
    return;
  }
  const offered = await offerAt(client, editor);
  if (typeof offered === "string") {
    tell(offered);
    return;
  }
  const found = await findFix(client, offered);
  if (found) await review.open(found);
}
