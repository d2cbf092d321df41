/** The interpreter that the Python extension has selected, where that extension is installed. */

import { PythonExtension } from "@vscode/python-extension";
import * as vscode from "vscode";

const PYTHON_EXTENSION = "ms-python.python";

/** The selected interpreter's file, or why there is none. */
export async function selectedInterpreter(): Promise<{ python: string } | { reason: string }> {
  if (!vscode.extensions.getExtension(PYTHON_EXTENSION)) {
    return { reason: "the Python extension is not installed" };
  }
  const { environments } = await PythonExtension.api();
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const active = environments.getActiveEnvironmentPath(folder);
  const python = (await environments.resolveEnvironment(active))?.executable.uri?.fsPath;
  return python ? { python } : { reason: "the Python extension has not selected one" };
}

/** Calls `changed` whenever another interpreter is selected. */
export async function watchInterpreter(changed: () => void): Promise<vscode.Disposable> {
  if (!vscode.extensions.getExtension(PYTHON_EXTENSION)) return new vscode.Disposable(() => undefined);
  const { environments } = await PythonExtension.api();
  return environments.onDidChangeActiveEnvironmentPath(changed);
}
