import assert from "node:assert/strict";
import { existsSync, readFileSync, statSync } from "node:fs";
import { settingKeys } from "../../src/client/contributed";
import packageJson from "../../package.json";

const { contributes, capabilities } = packageJson;
const COMMANDS = new Set(contributes.commands.map((each) => each.command));

describe("package.json", () => {
  it("puts only commands of ours into menus and on keys", () => {
    const used = [...Object.values(contributes.menus).flat(), ...contributes.keybindings];
    assert.deepEqual(
      used.map((each) => each.command).filter((command) => !COMMANDS.has(command)),
      [],
    );
  });

  it("contributes no command that nothing does", () => {
    const wiring = readFileSync("src/extension.ts", "utf8");
    assert.deepEqual(
      [...COMMANDS].filter((command) => !wiring.includes(`"${command}":`)),
      [],
    );
  });

  it("shows pictures that are there", () => {
    const steps = contributes.walkthroughs.flatMap((each) => each.steps);
    const pictures = [packageJson.icon, ...steps.map((step) => step.media.image)];
    assert.deepEqual(pictures.filter((file) => !existsSync(file)), []);
  });

  it("restricts settings that exist, and every one that starts a program", () => {
    const keys = settingKeys(packageJson).map((key) => `repairlsp.${key}`);
    const restricted = capabilities.untrustedWorkspaces.restrictedConfigurations;
    assert.deepEqual(restricted.filter((key) => !keys.includes(key)), []);
    for (const key of ["repairlsp.path", "repairlsp.testCommand", "repairlsp.sandbox"]) {
      assert.ok(restricted.includes(key), key);
    }
  });

  it("describes every setting in Markdown, says its scope, and has a description for each choice", () => {
    for (const { properties } of contributes.configuration) {
      for (const [key, each] of Object.entries<Record<string, unknown>>(properties)) {
        assert.equal(typeof each["markdownDescription"], "string", key);
        assert.equal(typeof each["scope"], "string", key);
      }
    }
  });
});

describe("the lock file", () => {
  it("names packages by version and checksum, not by where one registry keeps them", () => {
    assert.doesNotMatch(readFileSync("package-lock.json", "utf8"), /"resolved"/);
  });
});

describe("the bundle", () => {
  it("has less than 500 kB", () => {
    assert.ok(statSync("dist/extension.js").size < 500_000);
  });
});
