// Builds the server's wheel from the repository around the extension, into bundled/: what the
// "Install" button installs. Uses the Python that PYTHON names, or python3; needs its pip module.

import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, rmSync, statSync } from "node:fs";

const python = process.env.PYTHON ?? "python3";

rmSync("bundled", { recursive: true, force: true });
mkdirSync("bundled");
const wheel = ["-m", "pip", "wheel", "--quiet", "--disable-pip-version-check", "--no-deps"];
execFileSync(python, [...wheel, "--wheel-dir", "bundled", ".."], { stdio: "inherit" });
for (const name of readdirSync("bundled")) {
  const size = statSync(`bundled/${name}`).size;
  console.log(`bundled/${name}: ${(size / 1e6).toFixed(1)} MB`);
}
