/** A fix that was found and is not written yet. */

import type * as vscode from "vscode";
import type { Proof } from "../client/proof";

/** One file of a fix: what it would become, and the version that this was made of. */
export interface RepairedFile {
  readonly document: vscode.TextDocument;
  readonly version: number;
  readonly after: string;
}

export interface Fix {
  readonly proof: Proof;
  readonly files: readonly RepairedFile[];
  /** Writes it, as one step that can be undone; false when that was refused. */
  readonly accept: () => Promise<boolean>;
}

/** What a search has found, best first. */
export interface Found {
  readonly fixes: readonly Fix[];
  /** Looks for others, where that was not done yet; they come as another `Found`. */
  readonly more?: () => Promise<void>;
}

/** Whether the user has typed since: then the fix is for a text that is no more. */
export function isStale(fix: Fix): boolean {
  return fix.files.some(({ document, version }) => document.isClosed || document.version !== version);
}
