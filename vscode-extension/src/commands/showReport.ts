/** "Show Report": the last fix that was found, with its proof and its change, as Markdown. */

import * as vscode from "vscode";
import { report } from "../review/report";
import type { Review } from "../review/review";
import { tell } from "./tell";

export async function showReport(review: Review): Promise<void> {
  const { last } = review;
  if (!last) {
    tell("no fix was found in this window yet");
    return;
  }
  const content = report(last.proof, last.files);
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
}
