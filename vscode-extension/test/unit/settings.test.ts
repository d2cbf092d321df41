import assert from "node:assert/strict";
import { settingKeys } from "../../src/client/contributed";
import { forServer, snakeCase, type Configuration, type Inspected } from "../../src/client/settings";
import packageJson from "../../package.json";

/** Settings as VS Code has them: a default for each, and what somebody has set. */
function configuration(set: Record<string, Inspected>): Configuration {
  return {
    inspect: (key) => set[key] ?? {},
    get: (key) => {
      const { workspaceFolderValue, workspaceValue, globalValue } = set[key] ?? {};
      return workspaceFolderValue ?? workspaceValue ?? globalValue ?? "the default";
    },
  };
}

describe("the settings for the server", () => {
  it("are those that somebody has set, by the server's names", () => {
    const set = configuration({
      maxSeconds: { globalValue: 5 },
      testCommand: { globalValue: ["a"], workspaceValue: ["pytest", "-x"] },
      forkServer: { workspaceFolderValue: false },
    });
    const keys = ["maxSeconds", "testCommand", "forkServer", "candidates"];
    assert.deepEqual(forServer(set, keys, true), {
      trusted: true,
      max_seconds: 5,
      test_command: ["pytest", "-x"],
      fork_server: false,
    });
  });

  it("say when the workspace is not trusted", () => {
    assert.deepEqual(forServer(configuration({}), ["model"], false), { trusted: false });
  });

  it("leave out what is the extension's own business, and emptied text", () => {
    const set = configuration({
      path: { globalValue: "/bin/repairlsp" },
      "trace.server": { globalValue: "verbose" },
      model: { globalValue: "" },
    });
    assert.deepEqual(forServer(set, ["path", "trace.server", "model"], true), { trusted: true });
  });

  it("are read from package.json", () => {
    const keys = settingKeys(packageJson);
    assert.ok(keys.includes("maxSeconds") && keys.includes("testCommand"), keys.join(" "));
    assert.equal(snakeCase("memoryMb"), "memory_mb");
  });
});
