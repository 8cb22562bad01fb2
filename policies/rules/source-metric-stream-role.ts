import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import { METRIC_STREAM_SERVICES } from "../../iam/trusted-services";
import { groupBy } from "../group-by";
import type { Kloudfuse } from "../kloudfuse";
import { AFTER_THE_APPLY, distinct, finding, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";
import { type Link, type PlannedResource, redactedText } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { locationsOf } from "../roles/role-uses";
import { isUnknown, passesWithoutSource, TRUST, trustOf } from "../roles/trust";
import { assumeOutcome, deputyOutcome, otherOutcome } from "../roles/trust-outcomes";
import { METRIC_STREAM, outcomesOfSource, type PlannedSource, sourcesOf } from "../sources/sources";

const REMEDY = "Trust only streams.metrics.cloudwatch.amazonaws.com, in a separate role.";

export const sourceMetricStreamRole: Policy = {
  id: "KFF-SRC-001",
  severity: "error",
  title: "Only CloudWatch metric streams can assume the metric stream's role, on behalf of this account only",
  why: "Anyone else who can assume it can write to the stream; without the condition, another account can make CloudWatch do so (confused deputy).",
  source:
    "CloudWatch User Guide, Trust between CloudWatch and Firehose; IAM User Guide, The confused deputy problem; Checkov CKV_AWS_60, CKV_AWS_61",
  check: (kloudfuse) => {
    const sources = sourcesOf(kloudfuse, METRIC_STREAM).map((source) => ({
      source,
      role: kloudfuse.plan.linked(source.resource, "role_arn", "aws_iam_role"),
    }));
    return [
      ...sources.flatMap(({ source, role }) => outcomesOfSource(source, notInPlan(source.resource, role))),
      ...[...groupBy(sources, ({ role }) => role.resource)].flatMap(([role, uses]) =>
        role === undefined
          ? []
          : ofRole(
              kloudfuse,
              role,
              uses.map(({ source }) => source),
            ),
      ),
    ];
  },
};

function notInPlan(metricStream: PlannedResource, { kind, value }: Link): PolicyOutcome[] {
  if (kind === "linked" || kind === "absent") {
    return [];
  }
  return typeof value === "string"
    ? [
        undeterminedOutcome(
          metricStream,
          `the plan does not have the role ${redactedText(metricStream, "role_arn", value)}: who can assume it is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ]
    : [
        undeterminedOutcome(
          metricStream,
          "role_arn is not known before the apply: who can assume it is undetermined",
          AFTER_THE_APPLY,
        ),
      ];
}

function ofRole(
  kloudfuse: Kloudfuse,
  role: PlannedResource,
  sources: readonly PlannedSource[],
): readonly PolicyOutcome[] {
  const [first] = sources;
  const certain = sources.find(({ isCertain }) => isCertain) ?? first;
  return certain === undefined ? [] : outcomesOfSource(certain, distinct(trustOutcomes(kloudfuse, role, sources)));
}

function trustOutcomes(
  kloudfuse: Kloudfuse,
  role: PlannedResource,
  sources: readonly PlannedSource[],
): PolicyOutcome[] {
  const trust = trustOf(kloudfuse, role);
  if (trust.invalid !== undefined) {
    return [finding(role, `${TRUST} is not a policy document: ${trust.invalid}`, "Correct the document.")];
  }
  if (isUnknown(trust) && trust.statements.length > 0) {
    return [undeterminedOutcome(role, `${TRUST} is not known before the apply`, AFTER_THE_APPLY)];
  }
  const locations = locationsOf(sources.flatMap(({ streams }) => streams));
  return locations.flatMap((location) => [
    ...otherTrustedPrincipals(trust.statements, location, METRIC_STREAM_SERVICES).flatMap((other) => [
      ...otherOutcome(role, other, REMEDY),
      ...deputyOutcome(role, other, {
        services: METRIC_STREAM_SERVICES,
        passesWithoutSource: (service) => passesWithoutSource(trust, service, locations),
      }),
    ]),
    ...assumeOutcome(role, trust, { service: "metricStreams", location, sources: [], doubt: undefined }),
  ]);
}
