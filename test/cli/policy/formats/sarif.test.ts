import { sarifFormat } from "../../../../cli/policy/formats/sarif";
import type { Place } from "../../../../cli/policy/places";
import type { Report } from "../../../../cli/policy/report";
import { Json } from "../../../e2e/helpers/json";
import { outcome, policyOf, reportOf, reportOfEachKind, reportWith, SUMMARY_OF_EACH_KIND, TARGETED } from "./report";

const START: Place = { file: "main.tf", line: 1, startColumn: 1, endColumn: 1 };

describe("SARIF", () => {
  const places: Record<string, Place> = {
    "aws_a.found": { file: "infra/my root/ü.tf", line: 3, startColumn: 3, endColumn: 21 },
  };
  const runOfEachKind = (): Json =>
    Json.parse(sarifFormat(reportOfEachKind(), (address) => places[address] ?? START)).at("runs", 0);

  test("has findings alone as results, of which GitHub makes alerts", () => {
    expect(
      runOfEachKind()
        .at("results")
        .list.map((result) => result.at("ruleId").text),
    ).toEqual(["E1", "W1"]);
  });

  test("gives each result its rule, level, place and fingerprint", () => {
    expect(runOfEachKind().at("results", 0).value).toEqual({
      ruleId: "E1",
      ruleIndex: 1,
      level: "error",
      message: { text: "aws_a.found: it is open. Close it." },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: "infra/my%20root/%C3%BC.tf", uriBaseId: "%SRCROOT%" },
            region: { startLine: 3, startColumn: 3, endLine: 3, endColumn: 21 },
          },
          logicalLocations: [{ fullyQualifiedName: "aws_a.found", kind: "resource" }],
        },
      ],
      partialFingerprints: {
        primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{64}:1$/) as unknown,
        "kloudfuseFirehose/v1": expect.stringMatching(/^[0-9a-f]{64}$/) as unknown,
      },
    });
  });

  test("has fingerprints by rule, address and finding", () => {
    const print = (id: string, address: string, found: string): string =>
      Json.parse(sarifFormat(reportOf({ [id]: [outcome(address, found)] }), () => ({ ...START, line: 9 }))).at(
        "runs",
        0,
        "results",
        0,
        "partialFingerprints",
        "primaryLocationLineHash",
      ).text;
    const same = print("E1", "aws_a.found", "it is open");
    expect(same).toBe(runOfEachKind().at("results", 0, "partialFingerprints", "primaryLocationLineHash").text);
    const others = [
      print("E2", "aws_a.found", "it is open"),
      print("E1", "aws_a.other", "it is open"),
      print("E1", "aws_a.found", "it is shut"),
    ];
    expect(new Set([same, ...others]).size).toBe(4);
  });

  test("keeps its fingerprints between versions: GitHub would close and open each alert again", () => {
    const fingerprint = "6d60640ad6238a9f59f8033299be401edb2a97d9a54a0428b54c5061a2632388";
    expect(runOfEachKind().at("results", 0, "partialFingerprints").value).toEqual({
      primaryLocationLineHash: `${fingerprint}:1`,
      "kloudfuseFirehose/v1": fingerprint,
    });
  });

  test("is a log of version 2.1.0 by this command, with what was evaluated", () => {
    const log = Json.parse(sarifFormat(reportOfEachKind(), () => START));
    expect(log.at("version").text).toBe("2.1.0");
    expect(log.at("$schema").text).toBe("https://json.schemastore.org/sarif-2.1.0.json");
    expect(log.at("runs").list).toHaveLength(1);
    expect(runOfEachKind().at("tool", "driver", "name").text).toBe("kloudfuse-firehose");
    expect(runOfEachKind().at("properties").value).toEqual({
      evaluated: { streams: 2, possibleStreams: 0, roles: 1, buckets: 1 },
    });
  });

  test("has a rule for each policy, by the index that results name", () => {
    const ids = runOfEachKind()
      .at("tool", "driver", "rules")
      .list.map((rule) => rule.at("id").text);
    expect(ids).toEqual(["W1", "E1", "E2", "N1", "E3", "E4"]);
    expect(
      runOfEachKind()
        .at("results")
        .list.map((result) => result.at("ruleIndex").value),
    ).toEqual([1, 0]);
  });

  test("tells notes, what is unknown or allowed, and what was evaluated, in notifications", () => {
    expect(runOfEachKind().at("invocations", 0, "toolExecutionNotifications").value).toEqual([
      { level: "note", message: { text: SUMMARY_OF_EACH_KIND } },
      {
        level: "note",
        message: { text: "aws_a.unknown: its url is not known. Close it." },
        associatedRule: { id: "E2" },
        properties: { status: "unknown", address: "aws_a.unknown" },
      },
      {
        level: "note",
        message: { text: "aws_a.noted: it is open. Close it." },
        associatedRule: { id: "N1" },
        properties: { status: "note", address: "aws_a.noted" },
      },
      {
        level: "note",
        message: { text: "aws_a.allowed: it is open. Allowed: until Sunday" },
        associatedRule: { id: "E3" },
        properties: { status: "allowed", address: "aws_a.allowed", reason: "until Sunday" },
      },
    ]);
  });

  test("has a rule for each policy, with help", () => {
    expect(runOfEachKind().at("tool", "driver", "rules", 0).value).toEqual({
      id: "W1",
      shortDescription: { text: "Title of W1" },
      fullDescription: { text: "Title of W1. It matters." },
      help: {
        text: 'It matters. Source: A page. To allow an intended finding: kloudfuse-firehose policy plan.json --allow "W1@<address>=<reason>"',
        markdown:
          "**Title of W1.** It matters.\n\nSource: A page.\n\nTo allow an intended finding:\n\n" +
          '```sh\nkloudfuse-firehose policy plan.json --allow "W1@<address>=<reason>"\n```',
      },
      defaultConfiguration: { level: "warning" },
      properties: { precision: "high", "problem.severity": "warning", tags: ["reliability"] },
    });
  });

  test.each([
    ["KFF-IAM-001", ["security"], "8.0"],
    ["KFF-ENC-001", ["security"], "8.0"],
    ["KFF-BKT-001", ["security"], "8.0"],
    ["KFF-ALM-002", ["security"], "8.0"],
    ["KFF-ALM-003", ["reliability"], undefined],
    ["KFF-DEL-001", ["reliability"], undefined],
  ])("gives %s the tags %j and the security severity %s", (id, tags, severity) => {
    const log = Json.parse(sarifFormat(reportOf({ [id]: [] }), () => START));
    expect(log.at("runs", 0, "tool", "driver", "rules", 0, "properties").value).toEqual({
      precision: "high",
      "problem.severity": "error",
      tags,
      ...(severity === undefined ? {} : { "security-severity": severity }),
    });
  });

  test.each([
    ["error", "8.0"],
    ["warning", "5.0"],
    ["note", "2.0"],
  ] as const)("gives a security policy of the severity %s the security severity %s", (severity, expected) => {
    const report: Report = { ...reportOf({}), policies: [policyOf("KFF-IAM-001", severity)] };
    const rule = Json.parse(sarifFormat(report, () => START)).at("runs", 0, "tool", "driver", "rules", 0);
    expect(rule.at("properties", "security-severity").text).toBe(expected);
    expect(rule.at("defaultConfiguration", "level").text).toBe(severity);
  });

  test.each(["XKFF-IAM-001", "KFF-ALM-0020", "KFF-IAMX-001", "KFF-ALM-02"])("does not take %s for security", (id) => {
    const rule = Json.parse(sarifFormat(reportOf({ [id]: [] }), () => START)).at(
      "runs",
      0,
      "tool",
      "driver",
      "rules",
      0,
    );
    expect(rule.at("properties", "tags").value).toEqual(["reliability"]);
  });

  test("has the level of a note, and a severity that GitHub knows", () => {
    const rule = Json.parse(sarifFormat(reportOf({ N1: [] }), () => START)).at("runs", 0, "tool", "driver", "rules", 0);
    expect(rule.at("defaultConfiguration").value).toEqual({ level: "note" });
    expect(rule.at("properties", "problem.severity").text).toBe("recommendation");
  });

  test("has a base for its paths and says how columns are counted", () => {
    expect(runOfEachKind().at("originalUriBaseIds").value).toEqual({
      "%SRCROOT%": { description: { text: "The root of the repository." } },
    });
    expect(runOfEachKind().at("columnKind").text).toBe("utf16CodeUnits");
  });

  test("did not succeed on a plan that leaves out too much, and says why", () => {
    const invocation = Json.parse(sarifFormat(reportWith({ E1: [] }, { limitations: [TARGETED] }), () => START)).at(
      "runs",
      0,
      "invocations",
      0,
    );
    expect(invocation.at("executionSuccessful").value).toBe(false);
    expect(invocation.at("toolExecutionNotifications", 1).value).toEqual({
      level: "error",
      message: { text: "The plan is not complete. Plan without -target." },
    });
    expect(runOfEachKind().at("invocations", 0, "executionSuccessful").value).toBe(true);
  });

  test("makes no link of foreign text", () => {
    const textOf = (kind: "finding" | "unknown", ...path: readonly (string | number)[]): string => {
      const report = reportOf({ E1: [outcome("a.b", "[x](https://example.com)[y](z)", kind)] });
      return Json.parse(sarifFormat(report, () => START)).at("runs", 0, ...path, "message", "text").text;
    };
    const text = "a.b: [x] (https://example.com)[y] (z). Close it.";
    expect(textOf("finding", "results", 0)).toBe(text);
    expect(textOf("unknown", "invocations", 0, "toolExecutionNotifications", 1)).toBe(text);
  });

  test("has as many results as GitHub accepts, and counts what it leaves out", () => {
    const outcomes = Array.from({ length: 25_001 }, (_, index) => outcome(`a.x${index}`));
    const long = Json.parse(sarifFormat(reportOf({ E1: outcomes }), () => START)).at("runs", 0);
    expect(long.at("results").list).toHaveLength(25_000);
    expect(long.at("invocations", 0, "toolExecutionNotifications", 1, "message", "text").text).toBe(
      "1 more not shown: GitHub accepts at most 25000.",
    );
    expect(long.at("invocations", 0, "toolExecutionNotifications", 1, "level").text).toBe("warning");
    const longest = Json.parse(sarifFormat(reportOf({ E1: outcomes.slice(1) }), () => START)).at("runs", 0);
    expect(longest.at("results").list).toHaveLength(25_000);
    expect(longest.at("invocations", 0, "toolExecutionNotifications").list).toHaveLength(1);
  });
});
