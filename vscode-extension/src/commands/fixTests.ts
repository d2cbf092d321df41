/** "Fix Failing Tests", of the whole project or of one test function, and "Run Tests". */

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";
import { command } from "../client/asking";
import { SERVER_COMMANDS, type TestPlace } from "../client/extensions";
import type { Server } from "../server/server";
import { NO_SERVER, tell } from "./tell";

/** Looks for the fix of whatever fails; `item` is what was chosen in the Test Explorer. */
export async function fixFailingTests(server: Server, item?: vscode.TestItem): Promise<void> {
  const asked = await askedPlace(server, item);
  if (asked) await command(asked.client, SERVER_COMMANDS.fixTest, [asked.place]);
}

/** Looks for the fix of the test function at the cursor. */
export async function fixTestAtCursor(server: Server): Promise<void> {
  const asked = await askedPlace(server);
  const line = vscode.window.activeTextEditor?.selection.active.line;
  if (!asked || line === undefined) return;
  await command(asked.client, SERVER_COMMANDS.fixTest, [{ ...asked.place, line }]);
}

/** Runs the tests, shows what fails in the editor, and says how many. */
export async function runTests(server: Server): Promise<void> {
  const asked = await askedPlace(server);
  if (!asked) return;
  const answer = await command(asked.client, SERVER_COMMANDS.runTests, [asked.place]);
  const ran = answer as { passed: number; failed: number; message: string } | undefined;
  if (!ran) return;
  if (ran.failed === 0) {
    tell(ran.message || `${ran.passed} tests pass`);
    return;
  }
  const text = `repairlsp: ${ran.failed} of ${ran.passed + ran.failed} tests fail`;
  const fix = "Find a Fix";
  if ((await vscode.window.showWarningMessage(text, fix)) !== fix) return;
  await command(asked.client, SERVER_COMMANDS.fixTest, [asked.place]);
}

interface Asked {
  readonly client: LanguageClient;
  readonly place: TestPlace;
}

/** What is meant: the item's function, or the project that the active file belongs to. */
async function askedPlace(server: Server, item?: vscode.TestItem): Promise<Asked | undefined> {
  const client = await server.client();
  const file = item?.uri ?? vscode.window.activeTextEditor?.document.uri ?? firstFolder();
  if (!client || file?.scheme !== "file") {
    tell(client ? "open a file of the project first" : NO_SERVER);
    return undefined;
  }
  const uri = client.code2ProtocolConverter.asUri(file);
  if (item?.range === undefined) return { client, place: { uri } };
  // The server finds the function in the text, so it has to have it.
  await vscode.workspace.openTextDocument(file);
  return { client, place: { uri, line: item.range.start.line } };
}

/** A file in the first folder: any name does, since only its folder counts. */
function firstFolder(): vscode.Uri | undefined {
  const folder = vscode.workspace.workspaceFolders?.[0];
  return folder && vscode.Uri.joinPath(folder.uri, "pyproject.toml");
}
