import type { AccountPolicy } from "../../../cli/sources/account-policies";
import type { LogGroupFilter } from "../../../cli/sources/subscribed-log-groups";
import { misdirectedMetricStreams, misdirectedSubscriptions } from "../../../cli/verify/misdirected-sources";
import type { LogSources } from "../../../cli/verify/read-log-sources";
import { denied } from "../../helpers/outcomes";

const METRICS = { name: "kloudfuse-metrics", arn: "arn:metrics" };
const LOGS = { name: "kloudfuse-logs", arn: "arn:logs" };

describe("a metric stream", () => {
  const of = (destinationArn: string, others = [LOGS]) =>
    misdirectedMetricStreams(METRICS, others, {
      metricStreams: [],
      otherMetricStreams: [{ name: "all", destinationArn, state: "running", outputFormat: "json" }],
    });

  test("that feeds the logs stream is a problem, with the right destination", () => {
    expect(of("arn:logs")).toEqual([
      {
        subject: "metric stream all",
        name: "destination",
        verdict: "problem",
        found: "it sends metrics to kloudfuse-logs, which carries logs: Kloudfuse cannot read them there",
        remedy: "Set its firehose_arn to arn:metrics.",
      },
    ]);
  });

  test("that feeds a stream that is not Kloudfuse's is none", () => {
    expect(of("arn:elsewhere")).toEqual([]);
    expect(of("arn:logs", [])).toEqual([]);
  });
});

describe("a log subscription", () => {
  const filter = (logGroup: string, destinationArn: string): LogGroupFilter => ({
    logGroup,
    name: "f",
    destinationArn,
    roleArn: "role",
    filterPattern: "",
  });
  const policy = (destinationArn: string): AccountPolicy => ({
    name: "account",
    destinationArn,
    roleArn: "role",
    filterPattern: "",
    criteria: "",
    excluded: [],
  });
  const of = (filters: readonly LogGroupFilter[], policies: LogSources["policies"] = []) =>
    misdirectedSubscriptions(LOGS, [METRICS], {
      policies,
      subscribed: { filters, count: 3, isComplete: true, errors: [] },
      forwarding: denied(),
    }).map(({ verdict, name, found, remedy }) => [verdict, name, found, remedy]);
  const FOUND = "logs to kloudfuse-metrics, which carries metrics: Kloudfuse cannot read them there";

  test("that feeds the metrics stream is a problem, log groups named once", () => {
    expect(of([filter("/a", "arn:metrics"), filter("/a", "arn:metrics"), filter("/b", "arn:logs")])).toEqual([
      [
        "problem",
        "destination",
        `subscription filters of 1 log group (/a) send ${FOUND}`,
        "Set their destination_arn to arn:logs.",
      ],
    ]);
  });

  test("of the account that feeds the metrics stream is a problem", () => {
    expect(of([], [policy("arn:metrics")])).toEqual([
      ["problem", "destination", `the account policy account sends ${FOUND}`, "Set its DestinationArn to arn:logs."],
    ]);
  });

  test("that feeds the logs stream or something else is none, nor one that is not known", () => {
    expect(of([filter("/a", "arn:logs"), filter("/b", "arn:x")], [policy("arn:logs"), policy("arn:x")])).toEqual([]);
    expect(of([], denied())).toEqual([]);
  });
});
