/** The names of the settings in package.json, without their prefix. */

const PREFIX = "repairlsp.";

interface Section {
  readonly properties: Readonly<Record<string, unknown>>;
}

/** Reads `contributes.configuration` of a package.json. */
export function settingKeys(packageJson: unknown): string[] {
  const manifest = packageJson as { contributes: { configuration: readonly Section[] } };
  const sections = manifest.contributes.configuration;
  return sections.flatMap((each) => Object.keys(each.properties)).map((key) => key.slice(PREFIX.length));
}
