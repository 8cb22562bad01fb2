const HEADING = /^## (?<version>\S+)(?: .*)?$/;

/**
 * The entries of a version in a changelog, without their heading.
 *
 * @param version such as `1.2.0`, as in the heading `## 1.2.0 (2026-01-31)`
 * @throws Error when the changelog has no entries of the version
 */
export function entriesOf(version: string, changelog: string): string {
  const lines = changelog.split("\n");
  const versionIn = (line: string): string | undefined => HEADING.exec(line)?.groups?.["version"];
  const heading = lines.findIndex((line) => versionIn(line) === version);
  const following = lines.findIndex((line, index) => index > heading && versionIn(line) !== undefined);
  const entries = lines
    .slice(heading + 1, following === -1 ? undefined : following)
    .join("\n")
    .trim();
  if (heading === -1 || entries === "") {
    throw new Error(
      `CHANGELOG.md must have entries under the heading "## ${version} (<date>)". Move the unreleased ones there.`,
    );
  }
  return `${entries}\n`;
}

/**
 * The version that a tag names.
 *
 * @throws Error when it is none, or not that of each package
 */
export function versionOf(tag: string, packages: Readonly<Record<string, string>>): string {
  const version = /^v(?<version>\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?)$/.exec(tag)?.groups?.["version"];
  if (version === undefined) {
    throw new Error(`The tag must be v and a semantic version, such as v1.2.0, got "${tag}". Push another tag.`);
  }
  for (const [file, ofPackage] of Object.entries(packages)) {
    if (ofPackage !== version) {
      throw new Error(`The version in ${file} must be that of the tag ${tag}, got "${ofPackage}". Change either.`);
    }
  }
  return version;
}
