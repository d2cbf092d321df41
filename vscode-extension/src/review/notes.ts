/** The note beside a change under review: what proves it, and by which tests. */

import * as vscode from "vscode";
import type { Proof } from "../client/proof";
import { heading, note } from "./words";

export class Notes implements vscode.Disposable {
  private readonly controller = vscode.comments.createCommentController("repairlsp", "repairlsp");

  /** Shows the note under `line` of a repaired text. Disposing of it takes it away. */
  show(repaired: vscode.Uri, line: number, proof: Proof): vscode.Disposable {
    // Lines without a body: VS Code opens its view of all comments where there is one with a body,
    // and that view would take half of the screen.
    const lines = note(proof).map(({ text, remark }) => ({
      author: { name: text },
      body: "",
      mode: vscode.CommentMode.Preview,
      ...(remark === undefined ? {} : { label: remark }),
    }));
    const place = new vscode.Range(line, 0, line, 0);
    const thread = this.controller.createCommentThread(repaired, place, lines);
    thread.label = heading(proof);
    thread.canReply = false;
    thread.collapsibleState = vscode.CommentThreadCollapsibleState.Expanded;
    return new vscode.Disposable(() => {
      thread.dispose();
    });
  }

  dispose(): void {
    this.controller.dispose();
  }
}
