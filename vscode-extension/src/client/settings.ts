/**
 * VS Code's settings -> the server's.
 *
 * The server gets only what somebody has set, so that the project's own file (`repairlsp.toml`)
 * decides everything else; a default shown in VS Code is no choice of the user's. The server's names
 * are those of its file, `max_seconds`; VS Code's are in its style, `repairlsp.maxSeconds`.
 */

/** What VS Code knows of one setting: the part of `WorkspaceConfiguration.inspect` that counts. */
export interface Inspected {
  readonly globalValue?: unknown;
  readonly workspaceValue?: unknown;
  readonly workspaceFolderValue?: unknown;
}

/** The part of `vscode.WorkspaceConfiguration` that is needed here. */
export interface Configuration {
  get(key: string): unknown;
  inspect(key: string): Inspected | undefined;
}

/** The settings that are the extension's own business. */
export const NOT_FOR_THE_SERVER: ReadonlySet<string> = new Set(["path", "trace.server"]);

/**
 * The table for the server: what was set among `keys` (without the prefix `repairlsp.`), and whether
 * the workspace is trusted.
 */
export function forServer(
  configuration: Configuration,
  keys: Iterable<string>,
  trusted: boolean,
): Record<string, unknown> {
  const table: Record<string, unknown> = { trusted };
  for (const key of keys) {
    if (NOT_FOR_THE_SERVER.has(key) || !isSet(configuration.inspect(key))) continue;
    const value = configuration.get(key);
    if (value !== "") table[snakeCase(key)] = value; // an emptied text field is not set any more
  }
  return table;
}

function isSet(inspected: Inspected | undefined): boolean {
  return (
    inspected?.globalValue !== undefined ||
    inspected?.workspaceValue !== undefined ||
    inspected?.workspaceFolderValue !== undefined
  );
}

/** `maxSeconds` as `max_seconds`. */
export function snakeCase(key: string): string {
  return key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
