/** The list of models, from what `repairlsp model list --json` prints. */

/** One line of the list. `name` is what the setting takes; `pull` marks the line that gets one more. */
export interface ModelItem {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly name: string;
  readonly pull?: true;
}

/** The model that comes with the server: that of an empty setting. */
export const EMBEDDED = "embedded";

interface Model {
  readonly name: string;
  readonly architecture: string;
  readonly parameters: number;
  readonly precision: string;
  readonly license: string;
}

/** The models that work, the current one marked, and the line that gets one more. */
export function modelItems(json: string, current: string): ModelItem[] {
  const records = JSON.parse(json) as readonly (Model | { name: string; problem: string })[];
  const items = records
    .filter((record): record is Model => !("problem" in record))
    .map((model) => {
      const name = model.name === EMBEDDED ? "" : model.name;
      const mark = name === current ? "$(check) " : "";
      return {
        label: `${mark}${model.name}`,
        description: `${model.architecture}, ${millions(model.parameters)}, ${model.precision}`,
        detail: name ? `licence: ${model.license}` : "comes with repairlsp",
        name,
      };
    });
  const more = { label: "$(cloud-download) Download another model…", name: "", pull: true } as const;
  return [...items, more];
}

function millions(parameters: number): string {
  return `${(parameters / 1e6).toFixed(1)} M parameters`;
}
