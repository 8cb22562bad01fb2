import { entriesOf, versionOf } from "../../../scripts/release/changelog";

const CHANGELOG = `# Changelog

## Unreleased

- later

## 1.2.0 (2026-01-31)

### Added

- \`verify\`

## 1.1.0 (2026-01-01)

- first
`;

describe("the entries of a version", () => {
  test("are those under its heading, up to the version before", () => {
    expect(entriesOf("1.2.0", CHANGELOG)).toBe("### Added\n\n- `verify`\n");
  });

  test("of the oldest version go to the end", () => {
    expect(entriesOf("1.1.0", CHANGELOG)).toBe("- first\n");
  });

  test.each([
    ["that the changelog does not have", "1.3.0", CHANGELOG],
    ["that is the beginning of another", "1.2", CHANGELOG],
    ["without entries", "1.0.0", "## 1.0.0\n\n## 0.9.0\n\n- old\n"],
  ])("of a version %s are required", (_, version, changelog) => {
    expect(() => entriesOf(version, changelog)).toThrow(
      `CHANGELOG.md must have entries under the heading "## ${version} (<date>)". Move the unreleased ones there.`,
    );
  });
});

describe("the version of a tag", () => {
  const packages = { "package.json": "1.2.0", "cli/package.json": "1.2.0" };

  test("is that of each package", () => {
    expect(versionOf("v1.2.0", packages)).toBe("1.2.0");
    expect(versionOf("v1.2.0-rc.1", { "package.json": "1.2.0-rc.1" })).toBe("1.2.0-rc.1");
  });

  test.each(["", "1.2.0", "v1.2", "v1.2.0 ", "version"])("is semantic: not %j", (tag) => {
    expect(() => versionOf(tag, packages)).toThrow(
      `The tag must be v and a semantic version, such as v1.2.0, got "${tag}". Push another tag.`,
    );
  });

  test("is rejected where a package has another", () => {
    expect(() => versionOf("v1.2.0", { ...packages, "cli/package.json": "1.1.0" })).toThrow(
      'The version in cli/package.json must be that of the tag v1.2.0, got "1.1.0". Change either.',
    );
  });
});
