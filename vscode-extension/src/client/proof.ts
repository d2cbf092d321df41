/** What proves a fix, read from the edit that the server answered with. */

import type { CodeAction, TextEdit, WorkspaceEdit } from "vscode-languageclient";

/** What is known about a fix, for people. */
export interface Proof {
  /** Tests have proved it, and nothing speaks against it. */
  readonly verified: boolean;
  /** `verified by 3 tests`: in a few words that follow "this fix is". */
  readonly label: string;
  /** Why it was not proved, where that is known. */
  readonly remark: string;
  /** The tests that failed before and pass with it. */
  readonly tests: readonly string[];
}

/** The edits of one document, and the version of it that they are for. */
export interface DocumentEdits {
  readonly uri: string;
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
}

/** What an edit does to documents. Throws for one that creates, renames or deletes files. */
export function documentEdits(edit: WorkspaceEdit): DocumentEdits[] {
  if (!edit.documentChanges) {
    const changes = Object.entries(edit.changes ?? {});
    return changes.map(([uri, edits]) => ({ uri, version: null, edits }));
  }
  return edit.documentChanges.map((change) => {
    if (!("textDocument" in change)) throw new Error(`the fix is not to ${change.kind} files`);
    const edits = change.edits.map((each) => {
      if (!("newText" in each)) throw new Error("the fix is not to insert snippets");
      return each;
    });
    return { uri: change.textDocument.uri, version: change.textDocument.version, edits };
  });
}

/**
 * The proof of a resolved action. The server says it in the edit's change annotation, which VS Code
 * takes for every edit; an edit without one is not taken for proved.
 */
export function proofOf(action: CodeAction): Proof {
  const annotation = Object.values(action.edit?.changeAnnotations ?? {})[0];
  return {
    verified: annotation !== undefined && !annotation.needsConfirmation,
    label: annotation?.label ?? "not verified by any test",
    remark: annotation?.description ?? "",
    tests: provingTests(action.data),
  };
}

function provingTests(data: unknown): string[] {
  const tests = (data as { tests?: unknown } | null | undefined)?.tests;
  return Array.isArray(tests) ? tests.filter((each) => typeof each === "string") : [];
}
