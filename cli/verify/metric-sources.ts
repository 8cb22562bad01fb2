import { SOURCE_METRICS } from "../../modules/metric-table";
import type { DeliveryStream } from "../aws/delivery-stream";
import { type Check, note, ok, type Outcome, problem, unknown } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { shortened } from "../text";
import { undetermined } from "../checks/undetermined";
import { metricOverlapOutcome } from "./metric-overlap";
import { filtersOutcome } from "./metric-stream-filters";
import type { VerifyContext } from "./context";
import { deployAdvice, type ExpectedStack } from "./expected-stack";
import { HEALTHY } from "./healthy";
import type { Sender } from "./needs";
import type { InspectedMetricStream, MetricSources } from "./read-metric-sources";
import { percent } from "./series";
import type { NoDataReason } from "./no-data-reason";
import { knownOf, type SparklineValues, sparkline } from "./sparkline";
import type { DeployedMetricStream } from "./terraform-state";

type FeedingMetricStreams = Pick<MetricSources, "metricStreams">;

const RUNNING = "running";
const STOPPED = "stopped";

/**
 * The metric streams that point at a delivery stream, each as a subject of its own.
 *
 * @param comparison the metric streams in Terraform's state, and what a fleet file says of them
 */
export function metricSourceChecks(
  stream: Pick<DeliveryStream, "name">,
  { metricStreams }: FeedingMetricStreams,
  { deployed, expected }: Pick<VerifyContext, "deployed" | "expected"> = {},
): Check[] {
  const name = "metric streams";
  if (metricStreams instanceof UndeterminedError) {
    return [{ subject: stream.name, ...undetermined(name, metricStreams) }];
  }
  return [
    { subject: stream.name, ...presenceOutcome(name, namesOf(metricStreams), expected) },
    ...metricOverlapOutcome(metricStreams).map((outcome) => ({ subject: stream.name, ...outcome })),
    ...metricStreams.flatMap((each) =>
      metricStreamOutcomes(each, deployed).map((outcome): Check => ({
        subject: `metric stream ${each.name}`,
        ...outcome,
      })),
    ),
  ];
}

function presenceOutcome(name: string, names: string, expected: ExpectedStack | undefined): Outcome {
  const none = "none points at the stream";
  return names === "" && expected?.hasMetricStream === true
    ? problem(name, `${none}, but ${expected.fleet} creates one`, deployAdvice(expected, "createMetricStream"))
    : ok(name, names || none);
}

/** State, format, filters and errors of a metric stream. */
export function metricStreamOutcomes(
  { name, destinationArn, state, outputFormat, details, publishErrorRate }: InspectedMetricStream,
  deployed?: readonly DeployedMetricStream[],
): Outcome[] {
  if (details === undefined) {
    return [unknown("state", "it no longer exists", "Run the command again.")];
  }
  const inState = deployed?.find((each) => each.name === name && each.destinationArn === destinationArn);
  return [
    stateOutcome(name, state),
    formatOutcome(outputFormat),
    details instanceof UndeterminedError ? undetermined("filters", details) : filtersOutcome(details, inState),
    ...(deployed !== undefined && inState === undefined ? [NOT_IN_STATE] : []),
    ...errorRateOutcome(state, publishErrorRate),
  ];
}

const NOT_IN_STATE = note(
  "Terraform",
  "not in the state of --state",
  "No action needed if it is managed elsewhere: its filters were not compared.",
);

function stateOutcome(name: string, state: string): Outcome {
  switch (state) {
    case RUNNING:
      return ok("state", state);
    case STOPPED:
      return problem("state", state, `${startCommand([name])}. Metrics that it missed are not sent later.`);
    default:
      return unknown(
        "state",
        shortened(state, 50) || "AWS returns none",
        "Look at the metric stream in the AWS console.",
      );
  }
}

const startCommand = (names: readonly string[]): string =>
  `Start it: aws cloudwatch start-metric-streams --names ${names.join(" ")}`;

const formatOutcome = (format: string): Outcome =>
  format === "json"
    ? ok("output format", format)
    : problem(
        "output format",
        `${shortened(format, 50) || "AWS returns none"}; Kloudfuse reads json only`,
        "Set the output format to JSON (in Terraform output_format), and keep role and filters.",
      );

function errorRateOutcome(state: string, series: InspectedMetricStream["publishErrorRate"]): Outcome[] {
  const { metric } = SOURCE_METRICS.publishErrorRate;
  if (series instanceof UndeterminedError) {
    return [undetermined(metric, series)];
  }
  const known = knownOf(series);
  if (known.length === 0) {
    // CloudWatch emits it while the metric stream runs only.
    return state === STOPPED
      ? []
      : [
          note(
            metric,
            "no data: CloudWatch should have a value for a running metric stream",
            "No action needed if the metric stream was started a few minutes ago. Otherwise run the command again.",
          ),
        ];
  }
  return [rateOutcome(metric, known, series)];
}

function rateOutcome(metric: string, known: readonly number[], series: SparklineValues): Outcome {
  const recent = knownOf(series.slice(-HEALTHY.recentMinutes));
  const now = Math.max(...(recent.length > 0 ? recent : known.slice(-1)));
  const highest = Math.max(...known);
  const picture = sparkline(series, 1);
  if (now > 0) {
    return problem(
      metric,
      `${rateText(now)} now ${picture}`,
      "The metric stream cannot put records on the delivery stream: see the checks of its role, the status of the delivery stream and ThrottledRecords.",
    );
  }
  return highest > 0
    ? note(
        metric,
        `${rateText(highest)} at worst, 0% now ${picture}`,
        "The metric stream puts records again. If this continues, see the checks of its role and ThrottledRecords.",
      )
    : ok(metric, `0% ${picture}`);
}

/** Never 0%, as some were not put. */
const rateText = (value: number): string => (value < 0.001 ? "below 0.1%" : percent(value));

/** Why no metric comes in. */
export function metricNoDataReason(
  { arn }: Pick<DeliveryStream, "arn">,
  { metricStreams }: FeedingMetricStreams,
): NoDataReason {
  if (metricStreams instanceof UndeterminedError) {
    return {
      found: "whether a metric stream points at the stream could not be determined",
      remedy: `Make sure that a CloudWatch metric stream with firehose_arn ${arn} exists and runs.`,
    };
  }
  if (metricStreams.length === 0) {
    return {
      found: "no metric stream points at the stream",
      remedy: `Create a CloudWatch metric stream with firehose_arn ${arn} (create_metric_stream = true).`,
    };
  }
  const running = metricStreams.filter(({ state }) => state !== STOPPED);
  const subject = `the metric stream${metricStreams.length === 1 ? "" : "s"} ${namesOf(metricStreams)}`;
  return running.length === 0
    ? {
        found: `${subject} ${metricStreams.length === 1 ? "is" : "are"} stopped`,
        remedy: `${startCommand(metricStreams.map(({ name }) => name))}.`,
      }
    : {
        found: `the metric stream${running.length === 1 ? "" : "s"} ${namesOf(running)} ${running.length === 1 ? "runs" : "run"}, but nothing arrives`,
        remedy:
          "A metric stream that was started needs a few minutes. Otherwise its filters select no metric that is updated, or its role is not allowed to put records: see the checks of both.",
      };
}

/** The roles that the metric streams put records with. */
export const metricSenders = (stream: DeliveryStream, { metricStreams }: FeedingMetricStreams): Sender[] =>
  metricStreams instanceof UndeterminedError
    ? []
    : metricStreams.flatMap(({ details }) =>
        details === undefined || details instanceof UndeterminedError || details.roleArn === ""
          ? []
          : [{ service: "metricStreams" as const, roleArn: details.roleArn, stream }],
      );

/** The names of the metric streams, none where AWS does not list them. */
export const metricStreamNames = ({ metricStreams }: MetricSources): string[] =>
  metricStreams instanceof UndeterminedError ? [] : metricStreams.map(({ name }) => name);

const namesOf = (streams: readonly { readonly name: string }[]): string => streams.map(({ name }) => name).join(", ");
