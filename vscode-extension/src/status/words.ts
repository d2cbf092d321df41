/** What the status item says. */

import type { ServerState } from "../server/state";

/** A text with a codicon, a sentence of detail, and how it looks. */
export interface Saying {
  readonly text: string;
  readonly detail: string;
  readonly severity: "information" | "warning" | "error";
  readonly busy: boolean;
}

/**
 * `work` is what the server says that it is doing, undefined when it does nothing; `trusted` whether
 * the workspace is.
 */
export function saying(state: ServerState, work: string | undefined, trusted: boolean): Saying {
  const calm = { severity: "information", busy: false } as const;
  switch (state.phase) {
    case "starting":
      return { ...calm, text: "repairlsp: starting", detail: "", busy: true };
    case "missing":
      return {
        ...calm,
        text: "$(warning) repairlsp: no server",
        detail: "there is no server to start; click for what was looked at",
        severity: "warning",
      };
    case "failed":
      return {
        ...calm,
        text: "$(error) repairlsp: stopped",
        detail: `${state.reason ?? "the server ended"}; click for its log, or restart it`,
        severity: "error",
      };
    case "stopped":
      return { ...calm, text: "repairlsp: stopped", detail: "" };
    case "ready":
      if (work !== undefined) {
        return { ...calm, text: "repairlsp: working", detail: work, busy: true };
      }
      if (!trusted) {
        return {
          ...calm,
          text: "$(shield) repairlsp: restricted",
          detail: "no test is run until you trust this workspace, so every fix is unverified",
          severity: "warning",
        };
      }
      return { ...calm, text: "$(check) repairlsp", detail: `server ${state.version ?? ""}`.trim() };
  }
}
