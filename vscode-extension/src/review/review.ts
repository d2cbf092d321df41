/**
 * One review at a time: a fix in VS Code's diff editor, until it is accepted or discarded.
 *
 * Nothing is written before Accept, and then only to the text that the fix was made for: whoever
 * types in one of its files ends the review.
 */

import * as path from "node:path";
import * as vscode from "vscode";
import type { Proof } from "../client/proof";
import { changedLines } from "./changedLines";
import { SCHEME, type RepairedTexts } from "./contents";
import { isStale, type Fix, type Found } from "./fix";
import type { Notes } from "./notes";
import type { ReportedFile } from "./report";
import { title } from "./words";

/** What the buttons' `when` clauses ask. */
const VERIFIED = "repairlsp.review.verified";
const HAS_NEXT = "repairlsp.review.hasNext";

/** What stays known of a fix when its review is over, and its files may have changed. */
export interface Reviewed {
  readonly proof: Proof;
  readonly files: readonly ReportedFile[];
}

interface Shown {
  readonly found: Found;
  readonly index: number;
  /** The repaired texts, one for each file. */
  readonly repaired: readonly vscode.Uri[];
  readonly notes: readonly vscode.Disposable[];
}

export class Review implements vscode.Disposable {
  /** The fix that was shown last. */
  last: Reviewed | undefined;
  readonly onDidShow: vscode.Event<Reviewed>;

  private readonly showing = new vscode.EventEmitter<Reviewed>();
  private shown: Shown | undefined;
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly texts: RepairedTexts,
    private readonly notes: Notes,
    private readonly log: vscode.LogOutputChannel,
  ) {
    this.onDidShow = this.showing.event;
    this.subscriptions = [
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, texts),
      vscode.workspace.onDidChangeTextDocument((event) => {
        if (event.contentChanges.length > 0) void this.typedIn(event.document);
      }),
      vscode.window.tabGroups.onDidChangeTabs((event) => {
        if (event.closed.some((tab) => this.isShown(tab))) void this.close();
      }),
    ];
  }

  /** Shows one of the fixes that were found, in the place of whatever was under review. */
  async open(found: Found, index = 0): Promise<void> {
    await this.close();
    const fix = found.fixes[index];
    if (!fix) return;
    if (isStale(fix)) {
      warnStale();
      return;
    }
    await Promise.all([
      vscode.commands.executeCommand("setContext", VERIFIED, fix.proof.verified),
      vscode.commands.executeCommand(
        "setContext",
        HAS_NEXT,
        found.fixes.length > 1 || found.more !== undefined,
      ),
    ]);
    const repaired = fix.files.map((file) => this.texts.keep(file.document.uri, file.after));
    const changed = fix.files.map((file) => changedLines(file.document.getText(), file.after));
    const notes = repaired.map((uri, at) => this.notes.show(uri, changed[at]?.last ?? 0, fix.proof));
    this.shown = { found, index, repaired, notes };
    this.remember(fix);
    for (const [at, { document }] of [...fix.files.entries()].reverse()) {
      const line = changed[at]?.first ?? 0;
      await vscode.commands.executeCommand(
        "vscode.diff",
        document.uri,
        repaired[at],
        title(path.posix.basename(document.uri.path), fix.proof),
        { preview: fix.files.length === 1, selection: new vscode.Range(line, 0, line, 0) },
      );
    }
    this.log.info(`review ${index + 1} of ${found.fixes.length}: ${fix.proof.label}`);
  }

  /** Writes the fix into its files and shows the first of them. */
  async accept(): Promise<void> {
    const fix = this.current();
    if (!fix) return;
    if (isStale(fix)) {
      await this.close();
      warnStale();
      return;
    }
    const file = fix.files[0];
    const line = file ? changedLines(file.document.getText(), file.after).first : 0;
    this.forget(); // first: our own change of a document is not the user's typing
    const applied = await fix.accept();
    await this.close();
    if (!applied || !file) return;
    await vscode.window.showTextDocument(file.document, {
      preview: false,
      selection: new vscode.Range(line, 0, line, 0),
    });
    this.log.info(`accepted: ${fix.proof.label}`);
  }

  /** Shows the next of the fixes that were found; after the last of them, looks for others. */
  async next(): Promise<void> {
    if (!this.shown) return;
    const { found, index } = this.shown;
    if (index + 1 < found.fixes.length) await this.open(found, index + 1);
    else if (found.more) await found.more();
    else await this.open(found, 0);
  }

  /** Ends the review; nothing is written. */
  async discard(): Promise<void> {
    await this.close();
    this.log.info("discarded");
  }

  dispose(): void {
    this.forget();
    this.showing.dispose();
    for (const each of this.subscriptions) each.dispose();
  }

  private remember({ proof, files }: Fix): void {
    const reported = files.map(({ document, after }) => ({
      name: vscode.workspace.asRelativePath(document.uri),
      before: document.getText(),
      after,
    }));
    this.last = { proof, files: reported };
    this.showing.fire(this.last);
  }

  private current(): Fix | undefined {
    return this.shown?.found.fixes[this.shown.index];
  }

  private async typedIn(document: vscode.TextDocument): Promise<void> {
    if (!this.current()?.files.some((file) => file.document === document)) return;
    await this.close();
    warnStale();
  }

  private async close(): Promise<void> {
    this.forget();
    const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
    await vscode.window.tabGroups.close(tabs.filter((tab) => isReview(tab)));
  }

  private forget(): void {
    const { notes, repaired } = this.shown ?? { notes: [], repaired: [] };
    this.shown = undefined;
    for (const note of notes) note.dispose();
    for (const uri of repaired) this.texts.forget(uri);
  }

  private isShown(tab: vscode.Tab): boolean {
    if (!isReview(tab)) return false;
    const closed = tab.input.modified.toString();
    return this.shown?.repaired.some((uri) => uri.toString() === closed) ?? false;
  }
}

function isReview(tab: vscode.Tab): tab is vscode.Tab & { input: vscode.TabInputTextDiff } {
  return tab.input instanceof vscode.TabInputTextDiff && tab.input.modified.scheme === SCHEME;
}

function warnStale(): void {
  void vscode.window.showWarningMessage(
    "repairlsp: the document was changed since this fix was found, so it was not applied; ask again",
  );
}
