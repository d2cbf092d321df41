/** The messages between repairlsp and its clients that LSP does not have; docs/editors.md describes them. */

import { NotificationType, RequestType, type WorkspaceEdit } from "vscode-languageclient";
import type { StaticFeature } from "vscode-languageclient";

/** A fix of a proposal. `newText` is the whole of a file as it would become. */
export interface ProposedFix {
  readonly label: string;
  readonly proof: string;
  readonly verified: boolean;
  /** Verified, and nothing speaks against it. */
  readonly preferred: boolean;
  readonly remark: string;
  readonly files: readonly { readonly uri: string; readonly newText: string }[];
}

/** Fixes to choose from, best first. `tests` pass with those of them that are verified. */
export interface Proposal {
  readonly id: string;
  readonly title: string;
  readonly tests: readonly string[];
  readonly fixes: readonly ProposedFix[];
}

/** What the server is doing, and whether it can. */
export interface ServerStatus {
  readonly state: "idle" | "working";
  readonly health: "ok" | "error";
  /** What is wrong, and what to do about it; empty when nothing is. */
  readonly message: string;
  /** The title of what is being done. */
  readonly running: string | null;
  /** How much waits behind it. */
  readonly queue: number;
  readonly model: {
    /** Null is the one that comes with the server. */
    readonly name: string | null;
    readonly loaded: boolean;
    readonly memoryMiB: number | null;
  };
  readonly memoryMiB: number | null;
}

export const ProposalNotification = new NotificationType<Proposal>("repairlsp/proposal");
export const StatusNotification = new NotificationType<ServerStatus>("repairlsp/status");

/** Answers with the edit of one fix of a proposal, if its files are still what they were. */
export const AcceptProposalRequest = new RequestType<
  { id: string; fix: number },
  { edit: WorkspaceEdit },
  void
>("repairlsp/acceptProposal");

export const DebugInformationRequest = new RequestType<null, { text: string }, void>(
  "repairlsp/debugInformation",
);

/** The server's commands, which its code actions and code lenses bring with them. */
export const SERVER_COMMANDS = {
  /** Looks for several fixes of one place; its argument is a code action's `data`. */
  alternatives: "repairlsp.alternatives",
  /** Looks for the fix of failing tests; its argument is a `TestPlace`. */
  fixTest: "repairlsp.fixTest",
  /** Runs the tests once and shows what fails; its argument is a `TestPlace`. */
  runTests: "repairlsp.runTests",
} as const;

/** A test function by its line (from 0), or all tests of the project that a file belongs to. */
export interface TestPlace {
  readonly uri: string;
  readonly line?: number;
}

/** Tells the server that this client shows proposals as diffs, and its status. */
export const ourCapabilities: StaticFeature = {
  fillClientCapabilities: (capabilities) => {
    const experimental = (capabilities.experimental ?? {}) as Record<string, unknown>;
    capabilities.experimental = { ...experimental, repairlsp: { proposals: true, status: true } };
  },
  initialize: () => undefined,
  getState: () => ({ kind: "static" }),
  clear: () => undefined,
};
