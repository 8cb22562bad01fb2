import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { policy, type PolicyOptions } from "../cli/policy/policy";
import { POLICIES } from "../policies";
import { deployment, type PlannedChange, planJson } from "./helpers/plan";

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

const DESTROYED_STREAM: PlannedChange = {
  address: "aws_kinesis_firehose_delivery_stream.old",
  values: { destination: "http_endpoint", name: "kloudfuse-old" },
  actions: ["delete"],
};

/** Runs the command on a plan. */
function run(plan: string, options: Partial<PolicyOptions> = {}): { exitCode: number; output: string; errors: string } {
  const file = join(folder, "plan.json");
  writeFileSync(file, plan);
  let [output, errors] = ["", ""];
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += String(text);
    return true;
  });
  const writeError = jest.spyOn(process.stderr, "write").mockImplementation((text) => {
    errors += String(text);
    return true;
  });
  try {
    const exitCode = policy(file, { format: "table", allow: [], root: folder, ...options });
    return { exitCode, output, errors };
  } finally {
    write.mockRestore();
    writeError.mockRestore();
  }
}

const FOUND = "it is destroyed";

describe("the policy command", () => {
  test("ends with 0 and one line when there are no findings", () => {
    expect(run(planJson(deployment()))).toEqual({
      exitCode: 0,
      output: `${POLICIES.length} policies: 0 findings, 0 allowed, 0 unknown until the apply\n`,
      errors: "Evaluated: 2 streams, 1 role, 1 backup bucket.\n",
    });
  });

  describe("on a plan without a stream to Kloudfuse", () => {
    const NO_STREAM = planJson([]);

    test("ends with 2 and says so", () => {
      expect(run(NO_STREAM)).toMatchObject({
        exitCode: 2,
        errors:
          "Evaluated: 0 streams, 0 roles, 0 backup buckets.\n" +
          "The plan has no delivery stream to Kloudfuse: nothing was evaluated. " +
          "Evaluate the plan of the root that creates the streams.\n",
      });
    });

    test("ends with 0 with --allow-no-stream", () => {
      expect(run(NO_STREAM, { allowNoStream: true }).exitCode).toBe(0);
    });
  });

  test("ends with 2 on a plan that is not complete, and with 1 where it has findings all the same", () => {
    expect(run(planJson(deployment(), { complete: false })).exitCode).toBe(2);
    expect(run(planJson(deployment(), { complete: false }), { allowNoStream: true }).exitCode).toBe(2);
    expect(run(planJson([...deployment(), DESTROYED_STREAM], { complete: false })).exitCode).toBe(1);
  });

  test("ends with 0 on a plan that only refreshes, and says so", () => {
    const { exitCode, errors } = run(planJson([], { state: deployment(), isRefreshOnly: true }));
    expect(exitCode).toBe(0);
    expect(errors).toBe(
      "Evaluated: 2 streams, 1 role, 1 backup bucket.\n" +
        "The plan only refreshes the state: the resources were evaluated as they are now. " +
        "Evaluate a plan without -refresh-only before changes.\n",
    );
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
