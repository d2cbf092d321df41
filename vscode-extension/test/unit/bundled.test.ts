import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { bundled, pythonsOf } from "../../src/server/bundled";
import { newFolder } from "./programs";

function extensionWith(...wheels: string[]): string {
  const folder = newFolder();
  mkdirSync(path.join(folder, "bundled"));
  for (const wheel of wheels) writeFileSync(path.join(folder, "bundled", wheel), "");
  return folder;
}

const SERVER = "repairlsp-0.1.0-py3-none-any.whl";

describe("the wheels in the extension", () => {
  it("are for the Pythons that one of them is for alone", () => {
    const wheels = [
      SERVER,
      "numpy-2.4.6-cp311-cp311-manylinux_2_28_x86_64.whl",
      "numpy-2.4.6-cp313-cp313-manylinux_2_28_x86_64.whl",
      "tree_sitter_c-0.24.2-cp310-abi3-manylinux1_x86_64.whl",
    ];
    assert.deepEqual([...pythonsOf(wheels)], ["3.11", "3.13"]);
  });

  it("are the server's alone in a build for all platforms", () => {
    const carried = bundled(extensionWith(SERVER));
    assert.equal(path.basename(carried?.server ?? ""), SERVER);
    assert.equal(carried?.pythons.size, 0);
  });

  it("are none where the server is not among them", () => {
    assert.equal(bundled(extensionWith("numpy-2.4.6-cp311-cp311-win_amd64.whl")), undefined);
    assert.equal(bundled(newFolder()), undefined);
  });
});
