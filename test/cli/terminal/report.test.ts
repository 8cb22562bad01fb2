import { stripVTControlCharacters } from "node:util";
import { renderReport, summaryOf } from "../../../cli/terminal/report";
import { asObject } from "../../../iam/json";
import { EXAMPLE_REPORT } from "../../helpers/example-report";
import { fakeTerminal } from "../../helpers/terminal";

const OPTIONS = { format: "table" } as const;
const HEADER = "Account 123456789012, region eu-central-1, evaluated 2026-11-26 04:08:31Z";
const render = (columns: number): string => renderReport(EXAMPLE_REPORT, OPTIONS, fakeTerminal({ columns }));

describe("a report on a terminal", () => {
  test("of 80 columns is a list, and breaks no ARN", () => {
    expect(render(80)).toBe(`Account 123456789012, region eu-central-1, evaluated 2026-11-26 04:08:31Z

role KloudfuseFirehoseRole
problem  may put records: missing: firehose:PutRecord on
    arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs
    → Allow them in a policy of the role: CloudWatch Logs uses the role to write
      to the stream.

role KloudfuseFirehoseRole
unknown  permissions: AWS denied iam:ListRolePolicies.
    → Grant it to the user or role that runs this command.

kloudfuse-logs
note     DeliveryToHttpEndpoint.Success: below 100% in 1 of 4 minutes
    [  ██ ▆█        ]
    → Deliveries succeed again, and Firehose retries those that failed. If this
      continues, see the error log's causes.

5 checks: 1 problem, 1 unknown, 1 note, 2 ok (list them with --all)
`);
  });

  test("of 119 columns is a list too", () => {
    expect(render(119)).toBe(`Account 123456789012, region eu-central-1, evaluated 2026-11-26 04:08:31Z

role KloudfuseFirehoseRole
problem  may put records: missing: firehose:PutRecord on
    arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs
    → Allow them in a policy of the role: CloudWatch Logs uses the role to write to the stream.

role KloudfuseFirehoseRole
unknown  permissions: AWS denied iam:ListRolePolicies.
    → Grant it to the user or role that runs this command.

kloudfuse-logs
note     DeliveryToHttpEndpoint.Success: below 100% in 1 of 4 minutes [  ██ ▆█        ]
    → Deliveries succeed again, and Firehose retries those that failed. If this continues, see the error log's causes.

5 checks: 1 problem, 1 unknown, 1 note, 2 ok (list them with --all)
`);
  });

  test("of 120 columns is a table of that width", () => {
    expect(render(120)).toBe(`Account 123456789012, region eu-central-1, evaluated 2026-11-26 04:08:31Z

┌─────────┬────────────────────────────────┬───────────────────────────────────────────────────────────────────────────┐
│         │ check                          │ found, and what to do                                                     │
├─────────┴────────────────────────────────┴───────────────────────────────────────────────────────────────────────────┤
│ role KloudfuseFirehoseRole                                                                                           │
│ problem │ may put records                │ missing: firehose:PutRecord on                                            │
│         │                                │ arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs  │
│         │                                │ → Allow them in a policy of the role: CloudWatch Logs uses the role to    │
│         │                                │   write to the stream.                                                    │
│ role KloudfuseFirehoseRole                                                                                           │
│ unknown │ permissions                    │ AWS denied iam:ListRolePolicies.                                          │
│         │                                │ → Grant it to the user or role that runs this command.                    │
│ kloudfuse-logs                                                                                                       │
│ note    │ DeliveryToHttpEndpoint.Success │ below 100% in 1 of 4 minutes [  ██ ▆█        ]                            │
│         │                                │ → Deliveries succeed again, and Firehose retries those that failed. If    │
│         │                                │   this continues, see the error log's causes.                             │
└─────────┴────────────────────────────────┴───────────────────────────────────────────────────────────────────────────┘

5 checks: 1 problem, 1 unknown, 1 note, 2 ok (list them with --all)
`);
  });

  test("of 160 columns is a table of that width", () => {
    expect(render(160)).toBe(`Account 123456789012, region eu-central-1, evaluated 2026-11-26 04:08:31Z

┌─────────┬────────────────────────────────┬───────────────────────────────────────────────────────────────────────────────────────────────────────────────────┐
│         │ check                          │ found, and what to do                                                                                             │
├─────────┴────────────────────────────────┴───────────────────────────────────────────────────────────────────────────────────────────────────────────────────┤
│ role KloudfuseFirehoseRole                                                                                                                                   │
│ problem │ may put records                │ missing: firehose:PutRecord on arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs           │
│         │                                │ → Allow them in a policy of the role: CloudWatch Logs uses the role to write to the stream.                       │
│ role KloudfuseFirehoseRole                                                                                                                                   │
│ unknown │ permissions                    │ AWS denied iam:ListRolePolicies.                                                                                  │
│         │                                │ → Grant it to the user or role that runs this command.                                                            │
│ kloudfuse-logs                                                                                                                                               │
│ note    │ DeliveryToHttpEndpoint.Success │ below 100% in 1 of 4 minutes [  ██ ▆█        ]                                                                    │
│         │                                │ → Deliveries succeed again, and Firehose retries those that failed. If this continues, see the error log's        │
│         │                                │   causes.                                                                                                         │
└─────────┴────────────────────────────────┴───────────────────────────────────────────────────────────────────────────────────────────────────────────────────┘

5 checks: 1 problem, 1 unknown, 1 note, 2 ok (list them with --all)
`);
  });

  test("of 120 columns is a list where an ARN does not fit into the table", () => {
    const arn = `arn:aws:logs:eu-central-1:123456789012:log-group:/aws/kinesisfirehose/${"x".repeat(30)}`;
    const check = { subject: "kloudfuse-logs", name: "error log", verdict: "problem", found: arn, remedy: "" } as const;
    const text = renderReport({ ...EXAMPLE_REPORT, checks: [check] }, OPTIONS, fakeTerminal({ columns: 120 }));
    expect(text).toBe(
      `${HEADER}\n\nkloudfuse-logs\nproblem  error log: ${arn}\n\n1 check: 1 problem, 0 unknown, 0 notes, 0 ok\n`,
    );
  });

  test("lists successful checks with --all, at the end", () => {
    const text = renderReport(EXAMPLE_REPORT, { ...OPTIONS, all: true }, fakeTerminal());
    expect(text).toMatch(
      /\n\nkloudfuse-logs\nok {7}status: ACTIVE\n\nrole KloudfuseFirehoseRole\nok {7}trust of logs: logs\.amazonaws\.com\n\n5 checks: 1 problem, 1 unknown, 1 note, 2 ok\n$/,
    );
  });

  test("without anything but successes is a header and a summary", () => {
    const checks = EXAMPLE_REPORT.checks.filter(({ verdict }) => verdict === "ok");
    expect(renderReport({ ...EXAMPLE_REPORT, checks }, OPTIONS, fakeTerminal({ columns: 160 }))).toBe(
      `${HEADER}\n\n2 checks: 0 problems, 0 unknown, 0 notes, 2 ok (list them with --all)\n`,
    );
  });

  test("names the region of each subject where there are several", () => {
    const regions = ["eu-central-1", "us-east-1"];
    const text = renderReport({ ...EXAMPLE_REPORT, regions }, OPTIONS, fakeTerminal({ columns: 100 }));
    expect(text).toContain("Account 123456789012, regions eu-central-1, us-east-1, evaluated");
    expect(text).toContain("\nrole KloudfuseFirehoseRole (eu-central-1)\nproblem  may put records");
  });

  test.each([80, 160])("of %s columns colors the verdicts, and changes nothing else", (columns) => {
    const text = renderReport(EXAMPLE_REPORT, OPTIONS, fakeTerminal({ columns, color: true }));
    expect(text).toContain("\u001b[31mproblem\u001b[39m");
    expect(text).toContain("\u001b[35munknown\u001b[39m");
    expect(text).toContain("\u001b[33mnote\u001b[39m");
    expect(text).toContain("\u001b[1mkloudfuse-logs\u001b[22m");
    expect(stripVTControlCharacters(text)).toBe(render(columns));
  });

  test("is not steered by what others wrote", () => {
    const check = { subject: "a\u001b[31m", name: "n", verdict: "note", found: "b\u202e\nc", remedy: "d\re" } as const;
    const text = renderReport({ ...EXAMPLE_REPORT, checks: [check] }, OPTIONS, fakeTerminal());
    expect(text).toContain("\na [31m\nnote     n: b c\n    → d e\n");
  });
});

describe("a report in a pipe", () => {
  test("is a tab-separated line for each check, between comments", () => {
    const pipe = fakeTerminal({ isTTY: false });
    expect(renderReport(EXAMPLE_REPORT, { ...OPTIONS, all: true }, pipe))
      .toBe(`# Account 123456789012, region eu-central-1, evaluated 2026-11-26 04:08:31Z
problem\teu-central-1\trole KloudfuseFirehoseRole\tmay put records\tmissing: firehose:PutRecord on arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs\tAllow them in a policy of the role: CloudWatch Logs uses the role to write to the stream.
unknown\teu-central-1\trole KloudfuseFirehoseRole\tpermissions\tAWS denied iam:ListRolePolicies.\tGrant it to the user or role that runs this command.
note\teu-central-1\tkloudfuse-logs\tDeliveryToHttpEndpoint.Success\tbelow 100% in 1 of 4 minutes [  ██ ▆█        ]\tDeliveries succeed again, and Firehose retries those that failed. If this continues, see the error log's causes.
ok\teu-central-1\tkloudfuse-logs\tstatus\tACTIVE\t-
ok\teu-central-1\trole KloudfuseFirehoseRole\ttrust of logs\tlogs.amazonaws.com\t-
# 5 checks: 1 problem, 1 unknown, 1 note, 2 ok
`);
  });

  test("counts successes instead of listing them, and has a dash for an empty field", () => {
    const check = { subject: "kloudfuse-logs", name: "status", verdict: "ok", found: "ACTIVE", remedy: "" } as const;
    const report = { ...EXAMPLE_REPORT, accountId: undefined, regions: [], checks: [check] };
    const header = "# No AWS account used, evaluated 2026-11-26 04:08:31Z";
    const pipe = fakeTerminal({ isTTY: false });
    expect(renderReport(report, OPTIONS, pipe)).toBe(
      `${header}\n# 1 check: 0 problems, 0 unknown, 0 notes, 1 ok (list them with --all)\n`,
    );
    expect(renderReport(report, { ...OPTIONS, all: true }, pipe)).toBe(
      `${header}\nok\t-\tkloudfuse-logs\tstatus\tACTIVE\t-\n# 1 check: 0 problems, 0 unknown, 0 notes, 1 ok\n`,
    );
  });

  test("has colors only where they are forced", () => {
    const colored = renderReport(EXAMPLE_REPORT, OPTIONS, fakeTerminal({ isTTY: false, color: true }));
    expect(colored).toContain("\n\u001b[31mproblem\u001b[39m\teu-central-1\t");
    expect(renderReport(EXAMPLE_REPORT, OPTIONS, fakeTerminal({ isTTY: false }))).not.toContain("\u001b");
  });
});

describe("a report as JSON", () => {
  test("has every check, and a summary with counts, account, regions, time and exit code", () => {
    const json: unknown = JSON.parse(renderReport(EXAMPLE_REPORT, { format: "json" }, fakeTerminal()));
    expect(json).toEqual({
      summary: {
        account: "123456789012",
        regions: ["eu-central-1"],
        evaluatedAt: "2026-11-26T04:08:31.000Z",
        counts: { problem: 1, unknown: 1, note: 1, ok: 2 },
        exitCode: 1,
      },
      checks: EXAMPLE_REPORT.checks,
    });
  });

  test("has null for an account that is not known", () => {
    const report = { ...EXAMPLE_REPORT, accountId: undefined };
    const json: unknown = JSON.parse(renderReport(report, { format: "json" }, fakeTerminal()));
    expect(asObject(asObject(json)["summary"])["account"]).toBeNull();
  });
});

test("counts agree with their nouns", () => {
  const checks = EXAMPLE_REPORT.checks.filter(({ verdict }) => verdict === "note");
  expect(summaryOf(checks, false)).toBe("1 check: 0 problems, 0 unknown, 1 note, 0 ok");
});
