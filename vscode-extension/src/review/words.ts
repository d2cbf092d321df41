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
  return `${sign(proof)} ${proof.label.charAt(0).toUpperCase()}${proof.label.slice(1)}`;
}

/** The note's text, as Markdown in which nothing of the project's is markup. */
export function note(proof: Proof): string {
  const paragraphs: string[] = [];
  if (proof.remark) paragraphs.push(plain(proof.remark));
  if (proof.tests.length > 0) {
    const shown = proof.tests.slice(0, MOST_TESTS).map((test) => `- ${code(test)}`);
    const more = proof.tests.length - shown.length;
    if (more > 0) shown.push(`- and ${more} more`);
    paragraphs.push(`Failed before, and pass with this change:\n\n${shown.join("\n")}`);
  }
  paragraphs.push(
    proof.verified
      ? "Your tests pass with this change, and none that passed fails. Whether it is what you meant is for you to review."
      : "No test has proved this change. Read it as you would a stranger's.",
  );
  paragraphs.push("Nothing is written before you accept it.");
  return paragraphs.join("\n\n");
}

/** Text with everything that Markdown would read as markup escaped. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>~]/g, "\\$&");
}

/** A code span, fenced with more backticks than the text has in a row. */
function code(text: string): string {
  const longest = Math.max(0, ...Array.from(text.matchAll(/`+/g), (run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  return `${fence} ${text.replace(/\s+/g, " ")} ${fence}`;
}
