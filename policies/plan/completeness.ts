import type { PlannedResource } from "./planned-resource";
import type { PlanJson } from "./plan-json";

/** A reason why a plan does not show everything. */
export interface PlanLimitation {
  readonly kind: "errored" | "incomplete" | "deferred" | "refreshOnly" | "forget" | "noStream" | "possibleStream";
  readonly message: string;
  readonly remedy: string;
  /** Whether a plan without findings must not pass: exit code 2. */
  readonly isUnusable: boolean;
}

/** Types of resources that the policies read. */
const EVALUATED = /^aws_(kinesis_firehose_|iam_|s3_bucket|kms_|secretsmanager_|cloudwatch_log_|lambda_)/;

/** The limitations of a plan that its JSON shows. */
export function limitationsOf(
  json: PlanJson,
  { isRefreshOnly, isComplete, forgotten }: Completeness,
): readonly PlanLimitation[] {
  const deferred = json.deferred.filter(({ change }) => EVALUATED.test(change.type));
  const relevant = forgotten.filter(({ type }) => EVALUATED.test(type));
  return [
    ...when(json.isErrored, {
      kind: "errored",
      message: "Terraform stopped with an error: the plan lacks what it had not planned yet.",
      remedy: "Fix the error and plan again.",
      isUnusable: true,
    }),
    ...when(!isComplete && !isRefreshOnly && !json.isErrored && json.deferred.length === 0, {
      kind: "incomplete",
      message: "The plan is not complete: it was created with -target, -exclude or the like.",
      remedy: "Plan without them.",
      isUnusable: true,
    }),
    ...when(json.deferred.length > 0, {
      kind: "deferred",
      message: `Terraform deferred ${listed(json.deferred.map(({ change }) => change.address))} to a later plan.`,
      remedy: "Apply this plan, then evaluate the next one.",
      isUnusable: deferred.length > 0,
    }),
    ...when(isRefreshOnly, {
      kind: "refreshOnly",
      message: "The plan only refreshes the state: the resources were evaluated as they are now.",
      remedy: "Evaluate a plan without -refresh-only before changes.",
      isUnusable: false,
    }),
    ...when(relevant.length > 0, {
      kind: "forget",
      message: `Terraform stops managing ${listed(relevant.map(({ address }) => address))}: evaluated as they are now.`,
      remedy: "Evaluate the plan of whatever manages them from now on.",
      isUnusable: false,
    }),
  ];
}

export interface Completeness {
  readonly isRefreshOnly: boolean;
  readonly isComplete: boolean;
  readonly forgotten: readonly PlannedResource[];
}

const when = (holds: boolean, limitation: PlanLimitation): readonly PlanLimitation[] => (holds ? [limitation] : []);

const MAX_LISTED = 5;

/** Addresses for a message: the first few, and the number of others. */
export function listed(addresses: readonly string[]): string {
  const more = addresses.length - MAX_LISTED;
  return `${addresses.slice(0, MAX_LISTED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
