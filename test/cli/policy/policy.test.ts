import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnusableInput } from "../../../cli/exit-codes";
import { policy, type PolicyOptions, waitingText } from "../../../cli/policy/policy";
import { POLICIES } from "../../../policies";
import { deployment, type PlannedChange, planJson } from "../../helpers/plan";

jest.mock("ajv", () => {
  throw new Error("The reader of fleets was loaded for one plan.");
});

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-policy-"));
});

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
function run(plan: string, options: Partial<PolicyOptions> = {}): { exitCode: number; output: string } {
  const file = join(folder, "plan.json");
  writeFileSync(file, plan);
  let output = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += String(text);
    return true;
  });
  try {
    const exitCode = policy(file, { format: "table", allow: [], root: folder, minSeverity: "note", ...options });
    return { exitCode, output };
  } finally {
    write.mockRestore();
  }
}

const EVALUATED = `# ${POLICIES.length} policies on 2 streams, 1 role, 1 backup bucket`;

describe("the policy command", () => {
  test("ends with 0 and one line when there are no findings", () => {
    expect(run(planJson(deployment()))).toEqual({
      exitCode: 0,
      output: `${EVALUATED}: 0 findings, 0 allowed, 0 unknown until the apply.\n`,
    });
  });

  describe("on a plan without a stream to Kloudfuse", () => {
    const noStream = (): string => planJson([]);

    test("ends with 2 and says so", () => {
      expect(run(noStream())).toEqual({
        exitCode: 2,
        output:
          `# ${POLICIES.length} policies on 0 streams, 0 roles, 0 backup buckets: ` +
          "0 findings, 0 allowed, 0 unknown until the apply.\n" +
          "# The plan has no delivery stream to Kloudfuse: nothing was evaluated. " +
          "Evaluate the plan of the root module that creates the streams.\n",
      });
    });

    test("ends with 0 with --allow-no-stream", () => {
      expect(run(noStream(), { allowNoStream: true }).exitCode).toBe(0);
    });
  });

  test("ends with 2 on a plan that is not complete, and with 1 where it has findings all the same", () => {
    expect(run(planJson(deployment(), { complete: false })).exitCode).toBe(2);
    expect(run(planJson(deployment(), { complete: false }), { allowNoStream: true }).exitCode).toBe(2);
    expect(run(planJson([...deployment(), DESTROYED_STREAM], { complete: false })).exitCode).toBe(1);
  });

  test("ends with 0 on a plan that only refreshes, and says so", () => {
    const { exitCode, output } = run(planJson([], { state: deployment(), isRefreshOnly: true }));
    expect(exitCode).toBe(0);
    expect(output).toBe(
      `${EVALUATED}: 0 findings, 0 allowed, 0 unknown until the apply.\n` +
        "# The plan only refreshes the state: the resources were evaluated as they are now. " +
        "Evaluate a plan without -refresh-only before changes.\n",
    );
  });

  test("ends with 1 and a table when there are findings", () => {
    const { exitCode, output } = run(DESTROYED);
    expect(exitCode).toBe(1);
    expect(output).toContain("KFF-CHG-001");
    expect(output).toContain("it is destroyed");
    expect(output).toContain(": 1 finding, 0 allowed, 0 unknown until the apply.");
  });

  test("ends with 0 when the findings are allowed, and shows the reason", () => {
    const { exitCode, output } = run(DESTROYED, { allow: ["KFF-CHG-001=moved on Sunday"] });
    expect(exitCode).toBe(0);
    expect(output).toContain("moved on Sunday");
    expect(output).toContain("0 findings, 1 allowed");
  });

  test("names an allowance that matches nothing", () => {
    const { exitCode, output } = run(planJson(deployment()), { allow: ["KFF-CHG-001=moved on Sunday"] });
    expect(exitCode).toBe(0);
    expect(output).toContain('--allow "KFF-CHG-001=moved on Sunday" matches nothing. Remove it.\n');
  });

  test.each([
    ["table", "warning"],
    ["json", '"status": "finding"'],
  ])("lists and counts a warning, unless --min-severity is error: as %s", (format, shown) => {
    const plan = planJson(
      deployment().map((change) =>
        change.address.endsWith("aws_s3_bucket.backup[0]")
          ? { ...change, values: { ...change.values, force_destroy: true } }
          : change,
      ),
    );
    const all = run(plan, { format });
    expect(all.exitCode).toBe(1);
    expect(all.output).toContain(shown);
    expect(all.output).toContain("KFF-BKT-006");
    const errors = run(plan, { format, minSeverity: "error" });
    expect(errors.exitCode).toBe(0);
    expect(errors.output).not.toContain("KFF-BKT-006");
    expect(errors.output).toContain(
      "0 findings, 0 allowed, 0 unknown until the apply, 1 below --min-severity, not listed.",
    );
  });

  test("ends with 1 on what is unknown with --fail-on-unknown alone", () => {
    const plan = planJson(
      deployment().map((change) =>
        change.address.endsWith(".logs") ? { ...change, unknown: ["server_side_encryption.0.enabled"] } : change,
      ),
    );
    const { exitCode, output } = run(plan);
    expect(output).not.toContain(" 0 unknown");
    expect(exitCode).toBe(0);
    expect(run(plan, { failOnUnknown: true }).exitCode).toBe(1);
    expect(run(planJson(deployment()), { failOnUnknown: true }).exitCode).toBe(0);
  });

  test.each([
    [{ region: ["eu-west-1", "us-east-1"] }, "--region requires --fleet, got eu-west-1, us-east-1."],
    [{ account: ["111122223333"] }, "--account requires --fleet, got 111122223333."],
  ])("refuses %j without a fleet", (options, message) => {
    expect(() => run(DESTROYED, options)).toThrow(new UnusableInput(`${message} Name the fleet file with --fleet.`));
  });

  test("refuses a plan that is none, without a word of it", () => {
    expect(() => run("s3cr3t")).toThrow(/^The input must be JSON, got text that is not\./);
  });
});

test("the command says that it waits for a plan that nobody pipes into it", () => {
  expect(waitingText("-", true)).toBe(
    "Reading a plan from the standard input. To read a file, name it after policy.\n",
  );
  expect([waitingText("-", false), waitingText("plan.json", true)]).toEqual(["", ""]);
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
    const catalogue = readFileSync(join(__dirname, "../../../docs/policies.md"), "utf8");
    expect(POLICIES.filter(({ id }) => !catalogue.includes(`\`${id}\``))).toEqual([]);
  });
});
