/** "Select Model": the models on this machine to choose from, and one more to be pulled. */

import * as vscode from "vscode";
import { run } from "../server/program";
import type { Server } from "../server/server";
import { tell } from "./tell";
import { modelItems, type ModelItem } from "./modelItems";

const LIST_MILLISECONDS = 30_000;

/** `12 % model.onnx.data` */
const PROGRESS = /^\d+ % \S+$/;

export async function selectModel(server: Server, log: vscode.LogOutputChannel): Promise<void> {
  await server.client();
  const program = server.lookup?.found?.program;
  if (!program) {
    tell("there is no server to ask for its models");
    return;
  }
  const configuration = vscode.workspace.getConfiguration("repairlsp");
  const listed = await run(program, ["model", "list", "--json"], { timeout: LIST_MILLISECONDS });
  const items = modelItems(listed.stdout, configuration.get("model", ""));
  const chosen = await vscode.window.showQuickPick<ModelItem>(items, {
    title: "repairlsp: the model that writes and ranks fixes",
    matchOnDescription: true,
  });
  if (!chosen) return;
  const name = chosen.pull ? await pull(server, log) : chosen.name;
  if (name === undefined) return;
  // In the workspace where it is set there already; else for all.
  const inWorkspace = configuration.inspect("model")?.workspaceValue !== undefined;
  await configuration.update("model", name || undefined, !inWorkspace);
}

/** Downloads a model and returns its name; undefined when nothing came of it. */
async function pull(server: Server, log: vscode.LogOutputChannel): Promise<string | undefined> {
  const program = server.lookup?.found?.program;
  const source = await vscode.window.showInputBox({
    title: "repairlsp: download a model",
    prompt: "Where from? Each file is checked against the model's manifest.",
    placeHolder: "hf:OWNER/NAME, or the address of a model folder",
  });
  if (!program || !source) return undefined;
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: `repairlsp: downloading ${source}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, async (progress, cancelled) => {
    const cut = new AbortController();
    cancelled.onCancellationRequested(() => {
      cut.abort();
    });
    const onLine = (line: string): void => {
      if (PROGRESS.test(line)) progress.report({ message: line });
    };
    try {
      const pulling = ["model", "pull", "--progress", source];
      const ended = await run(program, pulling, { signal: cut.signal, onLine });
      if (ended.code === 0) return /use it with --model (\S+)/.exec(ended.stdout)?.[1];
      log.error(ended.stderr.trim());
      void vscode.window.showErrorMessage(`repairlsp: ${ended.stderr.trim().split("\n")[0] ?? ""}`);
    } catch (error) {
      log.info(`model pull: ${String(error)}`);
    }
    return undefined;
  });
}
