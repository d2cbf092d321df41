/**
 * The server's running work in the notification area, with a button that cancels it.
 *
 * The language client would show it in the status bar, where nothing can be cancelled.
 */

import * as vscode from "vscode";
import type {
  ProgressToken,
  WorkDoneProgressBegin,
  WorkDoneProgressEnd,
  WorkDoneProgressReport,
} from "vscode-languageclient";

type Progress = WorkDoneProgressBegin | WorkDoneProgressReport | WorkDoneProgressEnd;

interface Shown {
  readonly report: (message: string | undefined, percentage: number | undefined) => void;
  readonly end: () => void;
}

export class RunningWork implements vscode.Disposable {
  private readonly shown = new Map<ProgressToken, Shown>();

  /**
   * `cancel` sends the user's wish to the server; `changed` is told what is being done, and
   * undefined when nothing is any more.
   */
  constructor(
    private readonly cancel: (token: ProgressToken) => void,
    private readonly changed: (message: string | undefined) => void,
  ) {}

  /** Takes in what the server says of the work under `token`. */
  handle(token: ProgressToken, progress: Progress): void {
    switch (progress.kind) {
      case "begin":
        this.begin(token, progress);
        break;
      case "report":
        this.shown.get(token)?.report(progress.message, progress.percentage);
        this.changed(progress.message ?? "");
        break;
      case "end":
        this.end(token);
        break;
    }
  }

  /** Ends all of it: the server is gone. */
  endAll(): void {
    for (const token of [...this.shown.keys()]) this.end(token);
  }

  dispose(): void {
    this.endAll();
  }

  private begin(token: ProgressToken, { title, message, percentage }: WorkDoneProgressBegin): void {
    let at = percentage ?? 0;
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: `repairlsp: ${title}`,
      cancellable: true,
    };
    void vscode.window.withProgress(options, async (notification, cancelled) => {
      cancelled.onCancellationRequested(() => {
        this.cancel(token);
      });
      await new Promise<void>((resolve) => {
        const report: Shown["report"] = (text, percent) => {
          const increment = Math.max(0, (percent ?? at) - at);
          at += increment;
          notification.report({ increment, ...(text === undefined ? {} : { message: text }) });
        };
        this.shown.set(token, { report, end: resolve });
        report(message, percentage);
      });
    });
    this.changed(message ?? "");
  }

  private end(token: ProgressToken): void {
    this.shown.get(token)?.end();
    this.shown.delete(token);
    if (this.shown.size === 0) this.changed(undefined);
  }
}
