import { parseArn } from "../../iam/arn";
import { isString } from "../../iam/json";
import { type Statement } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import { BACKUP, HTTP, type Kloudfuse, SECRET } from "../kloudfuse";
import { grantsOf } from "../roles/grants";
import { AFTER_THE_APPLY, distinct, finding, undeterminedOutcome } from "../outcomes";
import { type PlannedResource, redactedText } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { perUsedRole } from "../roles/role-outcomes";
import { locationOf, type UsedRole } from "../roles/role-uses";
import { TRUST } from "../roles/trust";

export const iamPartition: Policy = {
  id: "KFF-IAM-010",
  severity: "error",
  title: "Every ARN is in the partition of its region",
  why: "A hard-coded arn:aws: works in commercial regions, and matches nothing in China or GovCloud.",
  source: "AWS General Reference, Amazon Resource Names",
  check: (kloudfuse) =>
    distinct([
      ...kloudfuse.streams.flatMap((stream) =>
        STREAM_PATHS.flatMap((path) =>
          outcomesOf(stream.resource, path, [stream.resource.get(path)].filter(isString), locationOf(stream).partition),
        ),
      ),
      ...perUsedRole(kloudfuse, "the partition of its ARNs", (used) => ofRole(kloudfuse, used)),
    ]),
};

const STREAM_PATHS = [
  `${HTTP}.role_arn`,
  `${BACKUP}.role_arn`,
  `${BACKUP}.bucket_arn`,
  `${BACKUP}.kms_key_arn`,
  `${SECRET}.role_arn`,
  `${SECRET}.secret_arn`,
  "server_side_encryption.0.key_arn",
];

function ofRole(kloudfuse: Kloudfuse, { role, uses }: UsedRole): PolicyOutcome[] {
  const [use] = uses;
  const partition = use === undefined ? UNKNOWN : locationOf(use.stream).partition;
  const trust = kloudfuse.plan.policyDocument(role, TRUST);
  const policies = grantsOf(kloudfuse, role).policies.filter(({ kind }) => kind !== "rest");
  const documents = policies.map(({ owner, path, document, arn }) => ({
    owner,
    path,
    document,
    arns: arn === undefined || document.isComplete ? [] : [arn],
  }));
  return [{ owner: role, path: TRUST, document: trust, arns: [] }, ...documents].flatMap(
    ({ owner, path, document: { statements, isComplete, invalid }, arns }) => {
      const values = [...arns, ...statements.flatMap(valuesOf)];
      return [
        ...outcomesOf(owner, path, values.filter(isString), partition),
        ...(values.includes(UNKNOWN) || (!isComplete && invalid === undefined && arns.length === 0)
          ? [
              undeterminedOutcome(
                owner,
                `whether an ARN in ${path} is in another partition is not known before the apply`,
                AFTER_THE_APPLY,
              ),
            ]
          : []),
      ];
    },
  );
}

/** The values of a statement that can be ARNs. */
const valuesOf = ({ resources, principals, conditions }: Statement): readonly (string | typeof UNKNOWN)[] => [
  ...(resources?.values ?? []),
  ...(principals?.ids ?? []).map(({ id }) => id),
  ...conditions.flatMap(({ values }) => values),
];

function outcomesOf(
  owner: PlannedResource,
  path: string,
  values: readonly string[],
  expected: string | typeof UNKNOWN,
): PolicyOutcome[] {
  const arns = values.map((value) => ({ value, partition: parseArn(value)?.partition }));
  return arns.flatMap(({ value, partition }) =>
    // KFF-IAM-007 reports wildcards.
    expected === UNKNOWN || partition === undefined || partition === expected || /[*?]/.test(partition)
      ? []
      : [
          finding(
            owner,
            `the ARN ${redactedText(owner, path, value)} in ${path} is in the partition ${redactedText(owner, path, partition)}, but the region is in ${expected}`,
            "Take the partition from the data source aws_partition.",
          ),
        ],
  );
}
