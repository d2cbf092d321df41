/** What is said about a fix under review. */

import type { Proof } from "../client/proof";

/** More tests than fit on a screen prove no more. */
const MOST_TESTS = 12;

/** The title of the diff. The sign comes first: a narrow tab cuts the rest off. */
export function title(file: string, proof: Proof): string {
  return `${sign(proof)} ${file}: fix, ${proof.label}`;
}

/** `✓` for what tests have proved, `⚠` for everything else. */
export function sign(proof: Proof): string {
  return proof.verified ? "✓" : "⚠";
}

/** The heading of the note beside the change. */
export function heading(proof: Proof): string {
  return `${sign(proof)} ${capitalized(proof.label)}`;
}

/** One line of the note, and a remark on it that is shown behind it. */
export interface NoteLine {
  readonly text: string;
  readonly remark?: string;
}

/** The note's lines: the tests that prove the fix, or why none does. */
export function note(proof: Proof): NoteLine[] {
  const lines: NoteLine[] = proof.tests
    .slice(0, MOST_TESTS)
    .map((text) => ({ text, remark: "failed before, passes now" }));
  const more = proof.tests.length - lines.length;
  if (more > 0) lines.push({ text: `and ${more} more` });
  if (proof.remark) lines.push({ text: capitalized(proof.remark) });
  lines.push(
    proof.verified
      ? { text: "No other test fails", remark: "whether it is what you meant is for you to review" }
      : { text: "Not proved", remark: "read it as you would a stranger's change" },
  );
  return lines;
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
