import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReportInput } from "../../../cli/policy/report";
import { evaluateStack } from "../../../cli/policy/stack-plan";
import { POLICIES } from "../../../policies";
import { FLEET_HOST } from "../../helpers/fleet";
import { ACCOUNT, deployment, type PlannedChange, planJson, type PlanParts } from "../../helpers/plan";

const REGION = "eu-west-1";
const STACK = `kloudfuse-firehose-${ACCOUNT}-${REGION}`;

let folder = "";
let planFile = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stack-plan-"));
  planFile = join(folder, `${STACK}.json`);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const evaluateFile = (file = planFile, now?: number): ReportInput =>
  evaluateStack(
    { stackId: STACK, account: ACCOUNT, region: REGION, inputs: FLEET_HOST },
    { file, fleet: "fleet.json" },
    now,
  );

function evaluateText(text: string): ReportInput {
  writeFileSync(planFile, text);
  return evaluateFile();
}

const evaluatePlan = (changes: readonly PlannedChange[], aws: NonNullable<PlanParts["providers"]>[string]) =>
  evaluateText(planJson(changes, { providers: { aws } }));

const commandsFor = (file: string): string =>
  `terraform -chdir=cdktf.out/stacks/${STACK} plan -out=plan.bin && ` +
  `terraform -chdir=cdktf.out/stacks/${STACK} show -json plan.bin > ${file}`;

describe("the plan of a stack", () => {
  test("is evaluated", () => {
    const { verdicts, counts, limitations } = evaluatePlan(deployment(), {
      region: REGION,
      allowed_account_ids: [ACCOUNT],
    });
    expect(verdicts).toHaveLength(POLICIES.length);
    expect(counts).toEqual({ streams: 2, possibleStreams: 0, roles: 1, buckets: 1 });
    expect(limitations).toEqual([]);
  });

  test("keeps what it leaves out itself", () => {
    const { limitations } = evaluatePlan([], { region: REGION, allowed_account_ids: [ACCOUNT] });
    expect(limitations.map(({ kind }) => kind)).toEqual(["noStream"]);
  });
});

describe("a stack without a plan", () => {
  const noPlan = (message: string, file = planFile): ReportInput => ({
    verdicts: [],
    limitations: [
      {
        kind: "noPlan",
        message,
        remedy: `Create it with: ${commandsFor(file)}`,
        isUnusable: true,
      },
    ],
  });

  test("is undetermined, with the commands that create it", () => {
    const missing = join(folder, "missing.json");
    expect(evaluateFile(missing)).toEqual(noPlan(`The plan ${missing} cannot be read: it does not exist.`, missing));
  });

  test("is undetermined where it is a folder", () => {
    expect(evaluateFile(folder)).toEqual(noPlan(`The plan ${folder} cannot be read: it is a folder.`, folder));
  });

  test.each([
    ["s3cr3t", "The input must be JSON, got text that is not."],
    ["", "The input must be the JSON of a plan, got nothing."],
    ["[1]", "The input must be the JSON of a plan, got JSON that is not an object."],
  ])("is undetermined where the file holds %j, without a word of it", (text, message) => {
    expect(evaluateText(text)).toEqual(noPlan(`${planFile}: ${message}`));
  });
});

describe("a plan of another place", () => {
  test.each<[string, object, string]>([
    ["account", { region: REGION, allowed_account_ids: ["999999999999"] }, `account 999999999999 and region ${REGION}`],
    ["region", { region: "us-east-1", allowed_account_ids: [ACCOUNT] }, `account ${ACCOUNT} and region us-east-1`],
    ["region, of an account that it does not show", { region: "us-east-1" }, "region us-east-1"],
    ["account, of a region that it does not show", { allowed_account_ids: ["999999999999"] }, "account 999999999999"],
  ])("is not evaluated: another %s", (_, aws, place) => {
    expect(evaluatePlan([], { ...aws })).toEqual({
      verdicts: [],
      limitations: [
        {
          kind: "otherStack",
          message: `${planFile} is the plan of ${place}.`,
          remedy: `Rename it to <stack>.json of its own stack, and create the plan of this one with: ${commandsFor(planFile)}`,
          isUnusable: true,
        },
      ],
    });
  });

  test("is one of several places too", () => {
    const text = planJson(deployment(), {
      providers: { aws: { region: REGION, allowed_account_ids: [ACCOUNT] }, "aws.west": { region: "us-west-2" } },
    });
    expect(evaluateText(text).limitations.map(({ message }) => message)).toEqual([
      `${planFile} is the plan of account ${ACCOUNT} and regions ${REGION}, us-west-2.`,
    ]);
  });
});

describe("a plan that does not show whose it is", () => {
  test.each<[string, object]>([
    ["account", { region: REGION }],
    ["region", { allowed_account_ids: [ACCOUNT] }],
    ["account and region", {}],
  ])("is evaluated, and does not pass: no %s", (missing, aws) => {
    const { verdicts, limitations } = evaluatePlan([], { ...aws });
    expect(verdicts).toHaveLength(POLICIES.length);
    expect(limitations.slice(1)).toEqual([
      {
        kind: "unknownStack",
        message: `${planFile} does not show its ${missing}: it may be the plan of another stack.`,
        remedy: "Set allowed_account_ids and region of its AWS provider, as the app does.",
        isUnusable: true,
      },
    ]);
  });
});

describe("a plan that is not current", () => {
  const NOW = Date.parse("2026-03-04T12:00:00Z");
  const aws = { region: REGION, allowed_account_ids: [ACCOUNT] };
  const kindsOf = (text: string): readonly (readonly [string, boolean])[] => {
    writeFileSync(planFile, text);
    return evaluateFile(planFile, NOW).limitations.map(({ kind, isUnusable }) => [kind, isUnusable]);
  };

  test("of other inputs is evaluated, and does not pass", () => {
    const { verdicts, limitations } = evaluatePlan(deployment({ signals: ["logs"] }), aws);
    expect(verdicts).toHaveLength(POLICIES.length);
    expect(limitations).toEqual([
      {
        kind: "otherInputs",
        message: `${planFile} is older than the inputs of its stack, or the plan of another root: the plan has the stream kloudfuse-logs, fleet.json has the streams kloudfuse-logs, kloudfuse-metrics.`,
        remedy: `Run npm run synth, and plan the stack again: ${commandsFor(planFile)}`,
        isUnusable: true,
      },
    ]);
  });

  test("since it is older than a day has a warning", () => {
    const parts = { providers: { aws }, timestamp: "2026-03-01T12:00:00Z" };
    expect(kindsOf(planJson(deployment(), parts))).toEqual([["oldPlan", false]]);
  });

  test("in both ways says both", () => {
    const parts = { providers: { aws }, timestamp: "2026-03-01T12:00:00Z" };
    expect(kindsOf(planJson(deployment({ signals: ["metrics"] }), parts))).toEqual([
      ["otherInputs", true],
      ["oldPlan", false],
    ]);
  });
});
