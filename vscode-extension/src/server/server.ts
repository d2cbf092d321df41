/**
 * The language server's life: looked for, started, restarted and stopped, one after the other.
 *
 * Starts and stops wait for each other, so that two quick restarts leave one server.
 */

import { setTimeout as sleep } from "node:timers/promises";
import * as vscode from "vscode";
import { State, WorkDoneProgressCancelNotification } from "vscode-languageclient";
import { LanguageClient } from "vscode-languageclient/node";
import { command } from "../client/asking";
import { ourCapabilities, ProposalNotification, StatusNotification } from "../client/extensions";
import type { Proposal, ServerStatus } from "../client/extensions";
import { clientOptions } from "../client/options";
import { RunningWork } from "../client/progress";
import type { Found, Lookup } from "./lookup";
import type { ServerState } from "./state";

/** How long a server may take to ask for its settings before it is used without them. */
const SETTINGS_MILLISECONDS = 10_000;

/** Who is told of what the server says by itself. */
export interface Listeners {
  /** What it does, in words; undefined when it does nothing any more. */
  readonly work: (message: string | undefined) => void;
  readonly status: (status: ServerStatus) => void;
  readonly proposal: (client: LanguageClient, proposal: Proposal) => void;
}

export class Server implements vscode.Disposable {
  /** The last lookup; undefined before the first. */
  lookup: Lookup | undefined;
  readonly onDidChange: vscode.Event<ServerState>;

  private readonly changed = new vscode.EventEmitter<ServerState>();
  private readonly work: RunningWork;
  private current: LanguageClient | undefined;
  /** The client that is to be ended, from the moment on that this is known. */
  private leaving: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();
  private now: ServerState = { phase: "stopped" };

  constructor(
    private readonly packageJson: unknown,
    private readonly log: vscode.LogOutputChannel,
    private readonly find: () => Promise<Lookup>,
    private readonly listeners: Listeners,
  ) {
    this.onDidChange = this.changed.event;
    this.work = new RunningWork((token) => {
      void this.current?.sendNotification(WorkDoneProgressCancelNotification.type, { token });
    }, listeners.work);
  }

  get state(): ServerState {
    return this.now;
  }

  /** The client, once the server has started; waits for a start that is under way. */
  async client(): Promise<LanguageClient | undefined> {
    await this.last;
    return this.current;
  }

  /** Starts the server, or ends the one that runs and starts another. Never rejects. */
  restart(): Promise<void> {
    this.leaving = this.current;
    return this.inTurn(async () => {
      await this.end();
      await this.start();
    });
  }

  /** Ends the server. Never rejects. */
  stop(): Promise<void> {
    this.leaving = this.current;
    return this.inTurn(async () => {
      await this.end();
      this.set({ phase: "stopped" });
    });
  }

  dispose(): void {
    this.changed.dispose();
    this.work.dispose();
  }

  private inTurn(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step).catch((error: unknown) => {
      this.log.error(error instanceof Error ? error : String(error));
      this.set({ phase: "failed", reason: error instanceof Error ? error.message : String(error) });
    });
    return this.last;
  }

  private async start(): Promise<void> {
    this.set({ phase: "starting" });
    this.lookup = await this.find();
    this.log.info(["Which server is started:", ...this.lookup.explanation].join("\n  "));
    const { found } = this.lookup;
    if (!found) {
      this.set({ phase: "missing", reason: this.lookup.explanation.at(-1) ?? "" });
      return;
    }
    let configured = (): void => undefined;
    const settings = new Promise<void>((resolve) => (configured = resolve));
    const client = this.newClient(found, () => {
      configured();
    });
    this.current = client;
    await client.start();
    // Whoever waits for the client may ask for a fix at once: not with other settings than theirs.
    await Promise.race([settings, sleep(SETTINGS_MILLISECONDS)]);
  }

  private newClient({ program, version }: Found, configured: () => void): LanguageClient {
    const client: LanguageClient = new LanguageClient(
      "repairlsp",
      "repairlsp",
      { command: program.command, args: [...program.args, "serve"] },
      clientOptions(this.packageJson, this.log, {
        work: this.work,
        execute: (name, args) => command(client, name, args),
        configured,
        stays: () => this.leaving !== client,
      }),
    );
    client.registerFeature(ourCapabilities);
    client.onNotification(StatusNotification, this.listeners.status);
    client.onNotification(ProposalNotification, (proposal) => {
      this.listeners.proposal(client, proposal);
    });
    client.onDidChangeState(({ newState }) => {
      if (client !== this.current) return;
      if (newState !== State.Running) this.work.endAll();
      if (newState === State.Running) this.set({ phase: "ready", version });
      else if (newState === State.Starting) this.set({ phase: "starting", version });
      else this.set({ phase: "failed", version, reason: "the server ended" });
    });
    return client;
  }

  private async end(): Promise<void> {
    const client = this.current;
    this.current = undefined;
    this.work.endAll();
    // One that starts again by itself cannot be stopped before it has; one that failed to, at all.
    if (client?.state === State.Starting) await client.start().catch(() => undefined);
    if (client?.state === State.Running) await client.dispose();
  }

  private set(state: ServerState): void {
    this.now = state;
    this.changed.fire(state);
  }
}
