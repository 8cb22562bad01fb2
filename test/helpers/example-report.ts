import type { ChecksReport } from "../../cli/terminal/checks-report";

const REGION = "eu-central-1";
const ROLE = "role KloudfuseFirehoseRole";

/** A report with every verdict, an ARN longer than a table's column, and a sparkline with gaps. */
export const EXAMPLE_REPORT: ChecksReport = {
  accountId: "123456789012",
  regions: [REGION],
  evaluatedAt: new Date("2026-11-26T04:08:31Z"),
  checks: [
    { subject: "kloudfuse-logs", region: REGION, name: "status", verdict: "ok", found: "ACTIVE", remedy: "" },
    {
      subject: "kloudfuse-logs",
      region: REGION,
      name: "DeliveryToHttpEndpoint.Success",
      verdict: "note",
      found: "below 100% in 1 of 4 minutes [  ██ ▆█        ]",
      remedy:
        "Deliveries succeed again, and Firehose retries those that failed. If this continues, see the error log's causes.",
    },
    {
      subject: ROLE,
      region: REGION,
      name: "permissions",
      verdict: "unknown",
      found: "AWS denied iam:ListRolePolicies.",
      remedy: "Grant it to the user or role that runs this command.",
    },
    {
      subject: ROLE,
      region: REGION,
      name: "may put records",
      verdict: "problem",
      found: "missing: firehose:PutRecord on arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs",
      remedy: "Allow them in a policy of the role: CloudWatch Logs uses the role to write to the stream.",
    },
    { subject: ROLE, region: REGION, name: "trust of logs", verdict: "ok", found: "logs.amazonaws.com", remedy: "" },
  ],
};
