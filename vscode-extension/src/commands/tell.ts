/** Short words to the user. */

import * as vscode from "vscode";

export const NO_SERVER = "the server does not run; its log says why";

export function tell(text: string): void {
  void vscode.window.showInformationMessage(`repairlsp: ${text}`);
}
