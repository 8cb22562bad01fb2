import { ACTIONS } from "../iam/documented-actions";
import { evaluate } from "../iam/evaluate";
import { requestByRole } from "../iam/request";
import type { Statement } from "../iam/statement";
import { type Planned, UNKNOWN } from "../iam/unknown";
import { locationOf } from "./role-uses";
import type { Kloudfuse, Stream } from "./kloudfuse";
import { finding, undetermined } from "./outcomes";
import type { PlannedResource } from "./plan";
import type { Outcome } from "./policy";

/** A role that may do everything: a Deny alone decides. */
const ALLOW_EVERYTHING: Statement = {
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["*"] },
  resources: { negated: false, values: ["*"] },
  principals: undefined,
  conditions: [],
};

/** What the policy of a bucket denies the roles that upload failed data to it. */
export function denialsOf(
  { streams }: Kloudfuse,
  bucket: PlannedResource,
  guard: PlannedResource,
  statements: readonly Statement[],
  bucketArn: string,
): Outcome[] {
  const outcomes = streams
    .filter((stream) => stream.bucket.resource === bucket)
    .flatMap((stream) => {
      const results = [
        ...ACTIONS.backUp.map((action) => decisionOn(stream, statements, action, objectOf(stream, bucketArn))),
        ...ACTIONS.findBucket.map((action) => decisionOn(stream, statements, action, bucketArn)),
      ];
      const denied = results.filter(({ result }) => result === "denied").map(({ action }) => action);
      const open = results.filter(({ result }) => result === "undetermined").map(({ action }) => action);
      if (denied.length > 0) {
        return [
          finding(
            guard,
            `the policy denies the role of ${stream.resource.address} ${denied.join(", ")}`,
            "Exempt the role from the Deny: otherwise failed data is lost.",
          ),
        ];
      }
      return open.length > 0
        ? [
            undetermined(
              guard,
              `whether the policy denies the role of ${stream.resource.address} ${open.join(", ")} could not be determined`,
              "Make sure that no Deny applies to it.",
            ),
          ]
        : [];
    });
  return [...new Map(outcomes.map((outcome) => [outcome.found, outcome])).values()];
}

function decisionOn(
  stream: Stream,
  statements: readonly Statement[],
  action: string,
  resource: string,
): { readonly action: string; readonly result: string } {
  const location = locationOf(stream);
  const request = requestByRole({
    action,
    resource,
    roleArn: roleArnOf(stream),
    location,
  });
  const { result } = evaluate(request, { identity: [ALLOW_EVERYTHING], resource: statements, isSameAccount: true });
  return { action, result };
}

/** The ARN of the role that uploads: as the plan has it, else from its name and path. */
function roleArnOf(stream: Stream): Planned<string> {
  const { backupRole } = stream;
  const { accountId, partition } = locationOf(stream);
  const known = [backupRole.value, backupRole.resource?.text("arn")].find((arn) => typeof arn === "string");
  const name = backupRole.resource?.text("name");
  const path = backupRole.resource?.text("path") ?? "/";
  return typeof known === "string"
    ? known
    : typeof name === "string" && typeof path === "string" && accountId !== UNKNOWN && partition !== UNKNOWN
      ? `arn:${partition}:iam::${accountId}:role${path}${name}`
      : UNKNOWN;
}

const objectOf = ({ prefix }: Stream, bucketArn: string): string =>
  `${bucketArn}/${typeof prefix === "string" ? prefix : ""}http-endpoint-failed/2026/01/31/12/failed-data`;
