/** The language status item: what the server is doing, and the way to its log. */

import * as vscode from "vscode";
import { DOCUMENTS } from "../client/options";
import type { ServerState } from "../server/state";
import { saying, type Saying } from "./words";

const SEVERITIES: Record<Saying["severity"], vscode.LanguageStatusSeverity> = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("repairlsp", DOCUMENTS);
  private state: ServerState = { phase: "stopped" };
  private work: string | undefined;

  constructor() {
    this.item.name = "repairlsp";
    this.item.command = { command: "repairlsp.showLog", title: "Show log" };
    this.show();
  }

  serverIs(state: ServerState): void {
    this.state = state;
    this.show();
  }

  /** `work` is undefined when nothing runs any more. */
  workIs(work: string | undefined): void {
    this.work = work;
    this.show();
  }

  /** Shows it anew, after something else that it tells of has changed: the workspace's trust. */
  show(): void {
    const { text, detail, severity, busy } = saying(
      this.state,
      this.work,
      vscode.workspace.isTrusted,
    );
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = SEVERITIES[severity];
    this.item.busy = busy;
  }

  dispose(): void {
    this.item.dispose();
  }
}
