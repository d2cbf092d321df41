/** The language status item: what the server is doing, and the way to its log. */

import * as vscode from "vscode";
import type { ServerStatus } from "../client/extensions";
import { DOCUMENTS } from "../client/options";
import type { ServerState } from "../server/state";
import { saying, type Facts, type Saying } from "./words";

const SEVERITIES: Record<Saying["severity"], vscode.LanguageStatusSeverity> = {
  information: vscode.LanguageStatusSeverity.Information,
  warning: vscode.LanguageStatusSeverity.Warning,
  error: vscode.LanguageStatusSeverity.Error,
};

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("repairlsp", DOCUMENTS);
  private facts: Omit<Facts, "trusted"> = {
    server: { phase: "stopped" },
    work: undefined,
    status: undefined,
    lastFix: undefined,
  };

  constructor() {
    this.item.name = "repairlsp";
    this.item.command = { command: "repairlsp.showLog", title: "Show log" };
    this.show();
  }

  /** Another server than the one that spoke of itself is another story. */
  serverIs(server: ServerState): void {
    const status = server.phase === "ready" ? this.facts.status : undefined;
    this.learn({ server, status });
  }

  /** `work` is undefined when nothing runs any more. */
  workIs(work: string | undefined): void {
    this.learn({ work });
  }

  statusIs(status: ServerStatus): void {
    this.learn({ status });
  }

  /** A fix was found; `label` says what proves it. */
  fixIs(label: string): void {
    this.learn({ lastFix: label });
  }

  /** Shows it anew, after something else that it tells of has changed: the workspace's trust. */
  show(): void {
    const said = saying({ ...this.facts, trusted: vscode.workspace.isTrusted });
    this.item.text = said.text;
    this.item.detail = said.detail;
    this.item.severity = SEVERITIES[said.severity];
    this.item.busy = said.busy;
  }

  dispose(): void {
    this.item.dispose();
  }

  private learn(facts: Partial<Facts>): void {
    this.facts = { ...this.facts, ...facts };
    this.show();
  }
}
