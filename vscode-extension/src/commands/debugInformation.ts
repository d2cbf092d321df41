/** "Debug Information": what a bug report needs, as a text to read before it is sent. */

import * as vscode from "vscode";
import { ask } from "../client/asking";
import { settingKeys } from "../client/contributed";
import { DebugInformationRequest } from "../client/extensions";
import { forServer } from "../client/settings";
import { run, spell } from "../server/program";
import type { Server } from "../server/server";

/** `repairlsp doctor` runs a test in the sandbox. */
const DOCTOR_MILLISECONDS = 60_000;

export async function debugInformation(server: Server, packageJson: unknown): Promise<void> {
  const { version } = packageJson as { version: string };
  const { trusted, ...settings } = forServer(
    vscode.workspace.getConfiguration("repairlsp"),
    settingKeys(packageJson),
    vscode.workspace.isTrusted,
  );
  const lines = [
    "# repairlsp: debug information",
    "",
    `- extension ${version}, VS Code ${vscode.version}, ${process.platform} ${process.arch}`,
    `- server: ${server.state.phase} ${server.state.version ?? ""} ${server.state.reason ?? ""}`.trim(),
    `- workspace: ${vscode.workspace.workspaceFolders?.length ?? 0} folders, ${trusted ? "trusted" : "not trusted"}`,
    "",
    "## Settings that somebody has set",
    "",
    fence(JSON.stringify(settings, null, 2)),
    "",
    "## Which server is started",
    "",
    fence((server.lookup?.explanation ?? ["it was not looked for yet"]).join("\n")),
    "",
    "## repairlsp doctor",
    "",
    fence(await doctor(server)),
    "",
    "## The server of itself",
    "",
    await ofItself(server),
    "",
  ];
  const document = await vscode.workspace.openTextDocument({
    language: "markdown",
    content: lines.join("\n"),
  });
  await vscode.window.showTextDocument(document);
}

async function ofItself(server: Server): Promise<string> {
  const client = server.state.phase === "ready" ? await server.client() : undefined;
  if (!client) return "it does not run";
  const answer = await ask(client, () => client.sendRequest(DebugInformationRequest, null));
  return answer?.text ?? "it did not answer";
}

async function doctor(server: Server): Promise<string> {
  const found = server.lookup?.found;
  if (!found) return "there is no server to ask";
  try {
    const ended = await run(found.program, ["doctor"], { timeout: DOCTOR_MILLISECONDS });
    return `${ended.stdout}${ended.stderr}`.trim();
  } catch (error) {
    return `${spell(found.program, ["doctor"])}: ${String(error)}`;
  }
}

function fence(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}
