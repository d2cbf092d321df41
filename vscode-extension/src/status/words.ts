/** What the status item says. */

import type { ServerStatus } from "../client/extensions";
import type { ServerState } from "../server/state";

/** A text with a codicon, a sentence of detail, and how it looks. */
export interface Saying {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
}

/** All that the item tells of. */
export interface Facts {
  readonly server: ServerState;
  /** What the server is doing, in words; undefined when it does nothing. */
  readonly work: string | undefined;
  /** What the server last said of itself. */
  readonly status: ServerStatus | undefined;
  /** What proves the fix that was shown last; undefined before the first. */
  readonly lastFix: string | undefined;
  /** Whether the workspace is trusted. */
  readonly trusted: boolean;
}

export function saying({ server, work, status, lastFix, trusted }: Facts): Saying {
  const calm = { severity: "information", busy: false } as const;
  switch (server.phase) {
    case "starting":
      return { ...calm, text: "repairlsp: starting", detail: "", busy: true };
    case "missing":
      return {
        ...calm,
        text: "$(warning) repairlsp: no server",
        detail: "there is no server to start; its log says where it was looked for",
        severity: "warning",
      };
    case "failed":
      return {
        ...calm,
        text: "$(error) repairlsp: stopped",
        detail: `${server.reason ?? "the server ended"}; its log may say why`,
        severity: "error",
      };
    case "stopped":
      return { ...calm, text: "repairlsp: stopped", detail: "" };
    case "ready":
      break;
  }
  if (work !== undefined) {
    const waiting = status && status.queue > 0 ? `; ${status.queue} waiting` : "";
    return { ...calm, text: "repairlsp: working", detail: `${work}${waiting}`, busy: true };
  }
  if (status?.health === "error") {
    return { ...calm, text: "$(error) repairlsp", detail: status.message, severity: "error" };
  }
  if (!trusted) {
    return {
      ...calm,
      text: "$(shield) repairlsp: restricted",
      detail: "no tests are run, so fixes are unverified",
      severity: "warning",
    };
  }
  return { ...calm, text: "$(check) repairlsp", detail: resting(server, status, lastFix) };
}

/** What came of the last search, the version, and what takes memory. */
function resting(server: ServerState, status: ServerStatus | undefined, lastFix?: string): string {
  const parts = [`server ${server.version ?? ""}`.trim() + inMiB(status?.memoryMiB)];
  if (status) {
    const { name, loaded, memoryMiB } = status.model;
    parts.push(`${name ?? "embedded"} model${loaded ? inMiB(memoryMiB) : " (not loaded)"}`);
  }
  const facts = parts.join(", ");
  return lastFix === undefined ? facts : `last fix ${lastFix}; ${facts}`;
}

function inMiB(size: number | null | undefined): string {
  return typeof size === "number" ? ` (${size} MiB)` : "";
}
