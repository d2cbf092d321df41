/** Wires the extension. What each part does is in its own module. */

import * as vscode from "vscode";
import { OPEN_FIX } from "./client/codeActions";
import { findFix } from "./client/fixes";
import { foundOf } from "./client/proposals";
import { debugInformation } from "./commands/debugInformation";
import { fixFunction, showOtherFixes } from "./commands/fixFunction";
import { fixFailingTests, fixTestAtCursor, runTests } from "./commands/fixTests";
import { Installer } from "./commands/installServer";
import { selectModel } from "./commands/selectModel";
import { showReport } from "./commands/showReport";
import { RepairedTexts } from "./review/contents";
import { Notes } from "./review/notes";
import { Review } from "./review/review";
import { selectedInterpreter, watchInterpreter } from "./server/interpreter";
import { look } from "./server/lookup";
import { PrivateEnvironment } from "./server/privateEnvironment";
import { Server } from "./server/server";
import { StatusItem } from "./status/statusItem";
import type { CodeAction } from "vscode-languageclient";

let running: Server | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const began = performance.now();
  const { extension, globalStorageUri, subscriptions } = context;
  const packageJson: unknown = extension.packageJSON;
  const { version } = packageJson as { version: string };
  const log = vscode.window.createOutputChannel("repairlsp", { log: true });
  const status = new StatusItem();
  const environment = new PrivateEnvironment(globalStorageUri.fsPath, extension.extensionPath, version);
  const installer = new Installer(environment, log);
  const find = async () => {
    const setting = vscode.workspace.getConfiguration("repairlsp").get<string>("path", "");
    if (!setting) await installer.installCarried();
    return look({
      setting,
      privatePython: environment.python,
      interpreter: selectedInterpreter,
      trusted: vscode.workspace.isTrusted,
      searchPath: process.env["PATH"] ?? "",
    });
  };
  const notes = new Notes();
  const review = new Review(new RepairedTexts(), notes, log);
  const server = new Server(packageJson, log, find, {
    work: (message) => {
      status.workIs(message);
    },
    status: (said) => {
      status.statusIs(said);
    },
    proposal: (client, proposal) => {
      void foundOf(client, proposal).then((found) => review.open(found));
    },
  });
  running = server;

  const commands: Record<string, (...args: never[]) => unknown> = {
    "repairlsp.fixFunction": () => fixFunction(server, review),
    "repairlsp.showOtherFixes": () => showOtherFixes(server),
    "repairlsp.fixFailingTests": (item?: vscode.TestItem) => fixFailingTests(server, item),
    "repairlsp.fixTestAtCursor": () => fixTestAtCursor(server),
    "repairlsp.runProjectTests": () => runTests(server),
    "repairlsp.acceptFix": () => review.accept(),
    "repairlsp.acceptUnverifiedFix": () => review.accept(),
    "repairlsp.nextFix": () => review.next(),
    "repairlsp.discardFix": () => review.discard(),
    "repairlsp.selectModel": () => selectModel(server, log),
    "repairlsp.installServer": () => installer.installAndStart(server),
    "repairlsp.showReport": () => showReport(review),
    "repairlsp.restart": () => server.restart(),
    "repairlsp.showLog": () => {
      log.show();
    },
    "repairlsp.debugInformation": () => debugInformation(server, packageJson),
    [OPEN_FIX]: async (action: CodeAction) => {
      const client = await server.client();
      const found = client && (await findFix(client, action));
      if (found) await review.open(found);
    },
  };
  for (const [id, run] of Object.entries(commands)) {
    subscriptions.push(vscode.commands.registerCommand(id, run));
  }

  subscriptions.push(
    log,
    status,
    server,
    notes,
    review,
    review.onDidShow(({ proof }) => {
      status.fixIs(proof.label);
    }),
    server.onDidChange((state) => {
      status.serverIs(state);
      if (state.phase === "missing" && server.lookup) {
        void installer.offer(server.lookup, server);
      }
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("repairlsp.path")) void server.restart();
    }),
    // A trusted workspace may have an interpreter that was not asked before.
    vscode.workspace.onDidGrantWorkspaceTrust(() => {
      status.show();
      void server.restart();
    }),
  );
  void watchInterpreter(() => {
    const place = server.lookup?.found?.place;
    if (place === undefined || place === "interpreter") void server.restart();
  }).then((watching) => subscriptions.push(watching));

  void server.restart();
  log.info(`activated in ${(performance.now() - began).toFixed(1)} ms; the server starts meanwhile`);
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}
