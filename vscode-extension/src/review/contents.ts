/** The repaired texts, as read-only documents of the scheme `repairlsp-fix`. */

import * as vscode from "vscode";

export const SCHEME = "repairlsp-fix";

/** Keeps the text of each fix under review, and forgets it when the review ends. */
export class RepairedTexts implements vscode.TextDocumentContentProvider {
  private readonly texts = new Map<string, string>();
  private count = 0;

  /** Keeps a text and returns where it can be read: under the name of the file that it repairs. */
  keep(file: vscode.Uri, text: string): vscode.Uri {
    // The number makes each fix of one file a document of its own.
    const uri = vscode.Uri.from({ scheme: SCHEME, path: file.path, query: `${++this.count}` });
    this.texts.set(uri.toString(), text);
    return uri;
  }

  forget(uri: vscode.Uri): void {
    this.texts.delete(uri.toString());
  }

  provideTextDocumentContent(uri: vscode.Uri): string | undefined {
    return this.texts.get(uri.toString());
  }
}
