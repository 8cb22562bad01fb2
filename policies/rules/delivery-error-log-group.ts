import { BACKUP, HTTP, type Kloudfuse, type PlannedStream } from "../kloudfuse";
import { checkAttribute, distinct, finding, IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Link, type PlannedResource, redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

const LOG_STREAM = "aws_cloudwatch_log_stream";

export const deliveryErrorLogGroup: Policy = {
  id: "KFF-DEL-006",
  severity: "error",
  title: "The error log group and its streams exist, and the logs expire",
  why: "Firehose creates neither the log group nor the log streams, and logs without retention are kept and billed forever.",
  source: "Amazon Data Firehose, Monitor Firehose using CloudWatch Logs; Checkov CKV_AWS_66",
  check: (kloudfuse) => {
    const logStreams = new LogStreams(kloudfuse);
    return distinct(
      kloudfuse.streams.flatMap((stream) => [
        ...checkDelivery(logStreams, stream, HTTP, stream.deliveryLogGroup),
        ...checkDelivery(logStreams, stream, BACKUP, stream.backupLogGroup),
      ]),
    );
  },
};

function checkDelivery(
  logStreams: LogStreams,
  { resource }: PlannedStream,
  delivery: string,
  group: Link,
): PolicyOutcome[] {
  const options = `${delivery}.cloudwatch_logging_options.0`;
  // KFF-DEL-005 reports logging that is, or may be, disabled.
  if (resource.get(`${options}.enabled`) !== true) {
    return [];
  }
  const path = `${options}.log_group_name`;
  if (group.resource !== undefined) {
    return [
      ...checkAttribute(
        group.resource,
        "retention_in_days",
        (days) => typeof days === "number" && days > 0,
        "Set a retention.",
      ),
      ...logStreams.check(resource, `${options}.log_stream_name`, group.resource),
    ];
  }
  if (group.kind === "absent") {
    return [finding(resource, `${path} is not set`, "Name a log group.")];
  }
  return typeof group.value === "string"
    ? [
        undeterminedOutcome(
          resource,
          `the plan does not have the log group ${redactedText(resource, path, group.value)}: whether it exists, and its retention, are undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ]
    : [unknownOutcome(resource, path)];
}

/** The log streams of log groups, cached by group. */
class LogStreams {
  readonly #kloudfuse: Kloudfuse;
  readonly #names = new Map<PlannedResource, { readonly names: ReadonlySet<unknown>; readonly isComplete: boolean }>();

  public constructor(kloudfuse: Kloudfuse) {
    this.#kloudfuse = kloudfuse;
  }

  /** Reports a log stream that an attribute names and that a log group does not have. */
  public check(resource: PlannedResource, path: string, group: PlannedResource): PolicyOutcome[] {
    const name = resource.get(path);
    if (name === UNKNOWN) {
      const { resource: linked } = this.#kloudfuse.plan.linked(resource, path, LOG_STREAM);
      const isOfGroup =
        linked !== undefined && this.#kloudfuse.related(LOG_STREAM, "log_group_name", group).certain.includes(linked);
      return isOfGroup ? [] : [unknownOutcome(resource, path)];
    }
    if (typeof name !== "string" || name === "") {
      return [finding(resource, `${path} is not set`, "Name a log stream of the log group.")];
    }
    const { names, isComplete } = this.#of(group);
    const shown = redactedText(resource, path, name);
    if (names.has(name)) {
      return [];
    }
    return isComplete
      ? [
          finding(
            resource,
            `the log group ${group.address} has no log stream ${shown}`,
            `Create it with ${LOG_STREAM}.`,
          ),
        ]
      : [
          undeterminedOutcome(
            resource,
            `whether the log group ${group.address} has a log stream ${shown} is not known before the apply`,
            IN_ITS_OWN_PLAN,
          ),
        ];
  }

  #of(group: PlannedResource): { readonly names: ReadonlySet<unknown>; readonly isComplete: boolean } {
    let found = this.#names.get(group);
    if (found === undefined) {
      const { plan, related } = this.#kloudfuse;
      const { certain, possible } = related(LOG_STREAM, "log_group_name", group);
      const names = new Set(certain.map((logStream) => logStream.get("name")));
      found = { names, isComplete: plan.isComplete && possible.length === 0 && !names.has(UNKNOWN) };
      this.#names.set(group, found);
    }
    return found;
  }
}
