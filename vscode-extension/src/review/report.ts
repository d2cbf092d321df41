/** What is known about a fix, as Markdown: for a commit message, a review or a bug report. */

import type { Proof } from "../client/proof";
import { commonEnds, LINE_END } from "./changedLines";
import { heading, note } from "./words";

/** Unchanged lines around a change, as `diff -u` has them. */
const CONTEXT = 3;

/** A file before and after the fix; `name` is relative to the workspace, with slashes. */
export interface ReportedFile {
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

export function report(proof: Proof, files: readonly ReportedFile[]): string {
  const lines = note(proof).map(({ text, remark }) =>
    remark === undefined ? `- ${text}` : `- ${text}: ${remark}`,
  );
  const diff = files.map(unifiedDiff).join("");
  return [`# ${heading(proof)}`, "", ...lines, "", "```diff", `${diff}\`\`\``, ""].join("\n");
}

/** The change of a file as one hunk, from its first changed line to its last. */
export function unifiedDiff({ name, before, after }: ReportedFile): string {
  const old = linesOf(before);
  const now = linesOf(after);
  const { head, tail } = commonEnds(old, now);
  const from = Math.max(0, head - CONTEXT);
  const oldTo = Math.min(old.length, old.length - tail + CONTEXT);
  const nowTo = Math.min(now.length, now.length - tail + CONTEXT);
  return [
    `--- a/${name}`,
    `+++ b/${name}`,
    `@@ -${span(from, oldTo)} +${span(from, nowTo)} @@`,
    ...old.slice(from, head).map((line) => ` ${line}`),
    ...old.slice(head, old.length - tail).map((line) => `-${line}`),
    ...now.slice(head, now.length - tail).map((line) => `+${line}`),
    ...old.slice(old.length - tail, oldTo).map((line) => ` ${line}`),
    "",
  ].join("\n");
}

/** Lines as a hunk's head counts them: from 1, and an empty span after the line before it. */
function span(from: number, to: number): string {
  return `${to > from ? from + 1 : from},${to - from}`;
}

function linesOf(text: string): string[] {
  const lines = text.split(LINE_END);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
