import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type FleetSelection, selectTargets } from "../../../cli/fleet/select-targets";
import { UnusableInput } from "../../../cli/exit-codes";
import { FLEET_HOST } from "../../helpers/fleet";

let folder = "";
let file = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-select-targets-"));
  file = join(folder, "fleet.json");
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  const accounts = [
    { id: "111122223333", regions: ["eu-west-1", "us-east-1"] },
    { id: "444455556666", regions: ["us-east-1"] },
  ];
  writeFileSync(file, JSON.stringify({ defaults: { inputs: FLEET_HOST }, accounts }));
});

const stacks = (selection: Omit<FleetSelection, "fleet">): string[] =>
  selectTargets({ fleet: file, ...selection }).map(({ stackId }) => stackId);

const FIRST = "kloudfuse-firehose-111122223333-eu-west-1";
const SECOND = "kloudfuse-firehose-111122223333-us-east-1";
const THIRD = "kloudfuse-firehose-444455556666-us-east-1";

test("selects every account and region, in the order of the file", () => {
  expect(stacks({})).toEqual([FIRST, SECOND, THIRD]);
});

test.each<[Omit<FleetSelection, "fleet">, string[]]>([
  [{ account: ["111122223333"] }, [FIRST, SECOND]],
  [{ account: ["444455556666", "111122223333"] }, [FIRST, SECOND, THIRD]],
  [{ region: ["us-east-1"] }, [SECOND, THIRD]],
  [{ region: ["us-east-1", "eu-west-1"] }, [FIRST, SECOND, THIRD]],
  [{ account: ["111122223333"], region: ["us-east-1"] }, [SECOND]],
])("selects of %j only %j", (selection, expected) => {
  expect(stacks(selection)).toEqual(expected);
});

test.each<[Omit<FleetSelection, "fleet">, string]>([
  [
    { account: ["111122223333", "999999999999"] },
    "--account must be one of the accounts in FILE, got 999999999999. Choose from 111122223333, 444455556666.",
  ],
  [
    { region: ["eu-west1"] },
    "--region must be one of the regions in FILE, got eu-west1. Choose from eu-west-1, us-east-1.",
  ],
  [
    { account: ["444455556666"], region: ["eu-west-1"] },
    "--account and --region must select a stack of FILE, got 444455556666 and eu-west-1. Leave one of the two out.",
  ],
])("rejects %j, of which the file has nothing", (selection, message) => {
  expect(() => stacks(selection)).toThrow(new UnusableInput(message.replace("FILE", file)));
});

test("reads every account with another role than the file's", () => {
  const targets = selectTargets({
    fleet: file,
    region: ["us-east-1"],
    assumeRole: "arn:aws:iam::{account}:role/ReadOnly",
  });
  expect(targets.map(({ assumeRole }) => assumeRole)).toEqual([
    "arn:aws:iam::111122223333:role/ReadOnly",
    "arn:aws:iam::444455556666:role/ReadOnly",
  ]);
});

test("rejects a role that is none", () => {
  expect(() => selectTargets({ fleet: file, assumeRole: "ReadOnly" })).toThrow(UnusableInput);
  expect(() => selectTargets({ fleet: file, assumeRole: "ReadOnly" })).toThrow(/^--assume-role must .+ got "ReadOnly"/);
});

test("rejects a signal that no stack has a stream for", () => {
  const account = { id: "111122223333", regions: ["eu-west-1"], inputs: { ...FLEET_HOST, create_logs_stream: false } };
  writeFileSync(file, JSON.stringify({ accounts: [account] }));
  expect(stacks({ signal: "metrics" })).toEqual([FIRST]);
  expect(() => stacks({ signal: "logs" })).toThrow(
    new UnusableInput(
      `--signal must be a signal that a stack of ${file} has a stream for, got logs. Choose the other one.`,
    ),
  );
});

test("rejects a file that is not there", () => {
  const missing = join(folder, "missing.json");
  expect(() => selectTargets({ fleet: missing })).toThrow(
    new UnusableInput(`${missing} must be a fleet file that can be read, got ENOENT. Check the path.`),
  );
});

test("rejects an invalid file with every problem in it", () => {
  writeFileSync(file, JSON.stringify({ accounts: [{ id: "1", regions: [] }] }));
  expect(() => selectTargets({ fleet: file })).toThrow(UnusableInput);
  expect(() => selectTargets({ fleet: file })).toThrow(/must be a valid fleet file. Correct it:\n {2}accounts\[0\]/);
});
