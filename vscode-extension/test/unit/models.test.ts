import assert from "node:assert/strict";
import { modelItems } from "../../src/commands/modelItems";

const MODEL = { architecture: "phi3", parameters: 5_800_000, precision: "int8", license: "MIT" };

describe("the list of models", () => {
  const json = JSON.stringify([
    { name: "embedded", ...MODEL },
    { name: "phi-3-mini", ...MODEL, parameters: 3_800_000_000 },
    { name: "half", problem: "a file is missing" },
  ]);

  it("marks the current one: an empty setting is the embedded one", () => {
    assert.deepEqual(
      modelItems(json, "").map((item) => item.label),
      ["$(check) embedded", "phi-3-mini", "$(cloud-download) Download another model…"],
    );
    assert.equal(modelItems(json, "phi-3-mini")[1]?.label, "$(check) phi-3-mini");
  });

  it("gives what the setting takes", () => {
    assert.deepEqual(
      modelItems(json, "").map((item) => item.name),
      ["", "phi-3-mini", ""],
    );
  });
});
