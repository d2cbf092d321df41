/** What the server is doing, for the status item and for messages. */

/** `missing`: there is none to start. `failed`: it ended too often, or did not start. */
export type Phase = "starting" | "ready" | "missing" | "failed" | "stopped";

export interface ServerState {
  readonly phase: Phase;
  /** The server's version, once one was found. */
  readonly version?: string;
  /** Why, where that is worth saying. */
  readonly reason?: string;
}
