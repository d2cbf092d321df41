// A Python that can build the server's wheel: 3.11 or newer, with pip.

import { execFileSync } from "node:child_process";

// The environment that the repository's Makefile makes, then what is on the PATH.
const USUAL = ["../.venv/bin/python", "python3", "python", "python3.14", "python3.13", "python3.12", "python3.11"];

/** The one that PYTHON names, else the first of the usual ones that can. Throws when none can. */
export function findPython() {
  const named = process.env.PYTHON;
  const python = (named ? [named] : USUAL).find(can);
  if (python) return python;
  throw new Error(
    named
      ? `PYTHON is ${named}, which is no Python 3.11 or newer with pip`
      : "building the server's wheel needs Python 3.11 or newer with pip: set PYTHON to one, or install it (Debian: apt install python3-pip)",
  );
}

function can(python) {
  try {
    const question = "import sys, pip; sys.exit(sys.version_info < (3, 11))";
    execFileSync(python, ["-c", question], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
