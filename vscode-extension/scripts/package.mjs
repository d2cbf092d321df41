// Makes the .vsix: for all platforms, with the server's wheel alone; or with `--target linux-x64` for
// one, with the wheels of all that the server needs there, so that installing it takes no network.
// `--python 3.12` (may be repeated) says for which Pythons; else for those that are supported.

import { createVSIX } from "@vscode/vsce";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { parseArgs } from "node:util";
import { findPython } from "./python.mjs";

const { values } = parseArgs({
  options: { target: { type: "string" }, python: { type: "string", multiple: true, default: [] } },
});

try {
  await pack();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}

async function pack() {
  const { target, python: pythons } = values;
  execFileSync(process.execPath, ["scripts/build.mjs"], { stdio: "inherit" });
  const wanted = target ? [target, ...pythons] : [];
  const python = findPython();
  execFileSync(python, ["scripts/bundle_server.py", ...wanted], { stdio: "inherit" });
  const { name, version } = JSON.parse(readFileSync("package.json", "utf8"));
  const packagePath = `${[name, target, version].filter(Boolean).join("-")}.vsix`;
  await createVSIX({
    packagePath,
    ...(target ? { target } : {}),
    dependencies: false, // esbuild has put them into the bundle
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
  });
  const checked = [packagePath, ...(target ? [target] : [])];
  execFileSync(python, ["scripts/check_vsix.py", ...checked], { stdio: "inherit" });
  console.log(`${packagePath}: ${(statSync(packagePath).size / 1e6).toFixed(1)} MB`);
}
