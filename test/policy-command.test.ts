import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policy, type PolicyOptions } from "../cli/policy/policy";
import { POLICIES } from "../policies";

const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-policy-"));

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** A plan that destroys a stream: one finding, and nothing else to say. */
const DESTROYED = JSON.stringify({
  format_version: "1.2",
  planned_values: {},
  resource_changes: [
    {
      address: "module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs",
      mode: "managed",
      type: "aws_kinesis_firehose_delivery_stream",
      change: { actions: ["delete"], before: { destination: "http_endpoint", name: "kloudfuse-logs" }, after: null },
    },
  ],
});

/** Runs the command on a plan. */
function run(plan: string, options: Partial<PolicyOptions> = {}): { exitCode: number; output: string } {
  const file = join(folder, "plan.json");
  writeFileSync(file, plan);
  let output = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += String(text);
    return true;
  });
  try {
    return { exitCode: policy(file, { format: "table", allow: [], root: folder, ...options }), output };
  } finally {
    write.mockRestore();
  }
}

const FOUND = "it is destroyed";

describe("the policy command", () => {
  test("ends with 0 and one line when there is nothing to say", () => {
    expect(run('{"format_version": "1.2", "planned_values": {}}')).toEqual({
      exitCode: 0,
      output: `${POLICIES.length} policies: 0 findings, 0 allowed, 0 unknown until the apply\n`,
    });
  });

  test("ends with 1 and a table when there are findings", () => {
    const { exitCode, output } = run(DESTROYED);
    expect(exitCode).toBe(1);
    expect(output).toContain("KFF-CHG-001");
    expect(output).toContain(FOUND);
    expect(output).toContain("1 findings, 0 allowed, 0 unknown until the apply");
  });

  test("ends with 0 when the findings are allowed, and shows the reason", () => {
    const { exitCode, output } = run(DESTROYED, { allow: ["KFF-CHG-001=moved on Sunday"] });
    expect(exitCode).toBe(0);
    expect(output).toContain("moved on Sunday");
    expect(output).toContain("0 findings, 1 allowed");
  });

  test.each([
    ["KFF-CHG-001", '--allow must be <policy>=<reason>, got "KFF-CHG-001". Say why it is allowed.'],
    ["KFF-CHG-001= ", '--allow must be <policy>=<reason>, got "KFF-CHG-001= ". Say why it is allowed.'],
    ["KFF-X=y", `--allow must name a policy, got "KFF-X". The policies: ${POLICIES.map(({ id }) => id).join(", ")}.`],
  ])("refuses the allowance %s", (allowance, message) => {
    expect(() => run(DESTROYED, { allow: [allowance] })).toThrow(message);
  });

  test("refuses a plan that is none, without a word of it", () => {
    expect(() => run("s3cr3t")).toThrow(/^The input must be JSON, got text that is not\./);
  });

  test("prints JSON", () => {
    expect(JSON.parse(run(DESTROYED, { format: "json" }).output)).toEqual({
      findings: 1,
      allowed: 0,
      unknown: 0,
      outcomes: [
        {
          policy: "KFF-CHG-001",
          severity: "error",
          status: "finding",
          address: "module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs",
          found: FOUND,
          remedy: "If this is intentional, allow the policy by its id, with the reason.",
        },
      ],
    });
  });

  test("prints Markdown for a pull request", () => {
    expect(run(DESTROYED, { format: "markdown" }).output).toContain(
      "| KFF-CHG-001 | **error** | `module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs` | it is destroyed |",
    );
  });

  test("prints JUnit XML with a test case a policy", () => {
    const { output } = run(DESTROYED, { format: "junit" });
    expect(output.match(/<testcase /g)).toHaveLength(POLICIES.length);
    expect(output).toContain(`tests="${POLICIES.length}" failures="1" errors="0" skipped="0"`);
    expect(output.match(/<failure /g)).toHaveLength(1);
  });

  test("prints SARIF that points at the module's call", () => {
    writeFileSync(join(folder, "main.tf"), '\nmodule "kloudfuse" {\n}\n');
    expect(JSON.parse(run(DESTROYED, { format: "sarif" }).output)).toMatchObject({
      version: "2.1.0",
      runs: [
        {
          results: [
            {
              ruleId: "KFF-CHG-001",
              level: "error",
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: join(folder, "main.tf") },
                    region: { startLine: 2 },
                  },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("suppresses in SARIF what is allowed", () => {
    const { output } = run(DESTROYED, { format: "sarif", allow: ["KFF-CHG-001=moved on Sunday"] });
    expect(JSON.parse(output)).toMatchObject({
      runs: [{ results: [{ suppressions: [{ kind: "external", justification: "moved on Sunday" }] }] }],
    });
  });
});

describe("the policies", () => {
  test("have ids that are theirs alone, and say why and by which source in a sentence", () => {
    const ids = POLICIES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { id, title, why, source } of POLICIES) {
      expect(id).toMatch(/^KFF-[A-Z]{3}-[0-9]{3}$/);
      expect(title).not.toMatch(/\.$/);
      expect(why).toMatch(/^[A-Z].*[.]$/);
      expect(source).not.toBe("");
    }
  });

  test("stand each in the catalogue", () => {
    const catalogue = readFileSync(join(__dirname, "../docs/policies.md"), "utf8");
    expect(POLICIES.filter(({ id }) => !catalogue.includes(`\`${id}\``))).toEqual([]);
  });
});
