// Bundles the extension into one file, dist/extension.js; with --tests also each test file, to out/.

import { build } from "esbuild";
import { globSync } from "node:fs";

const common = {
  bundle: true,
  platform: "node",
  format: "cjs",
  target: "node20", // what the extension host of VS Code 1.100 runs
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: ["src/extension.ts"],
  outfile: "dist/extension.js",
  external: ["vscode"],
  minify: true,
});

if (process.argv.includes("--tests")) {
  await build({
    ...common,
    target: "node24",
    entryPoints: globSync("test/**/*.{test,pictures}.ts"),
    outdir: "out",
    outbase: ".",
    external: ["vscode", "mocha", "playwright-core", "typescript"],
    sourcemap: "inline",
  });
}
