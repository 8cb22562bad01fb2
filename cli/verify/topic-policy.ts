import { mayPublish, type Publisher } from "../../iam/alarm-requests";
import { REMEDIES } from "../../iam/remedies";
import { type OpenGrant, openGrants } from "../../iam/topic-grants";
import { UNKNOWN } from "../../iam/unknown";
import { ok, type Outcome, problem, unknown } from "../checks/check";
import type { NamedStatement } from "./rules";
import type { RoleLocation } from "./trust";

/** Checks that a topic policy allows CloudWatch to publish for alarms, and does not allow everybody. */
export const topicPolicyOutcomes = (
  rules: readonly NamedStatement[],
  topicArn: string,
  publishers: readonly Publisher[],
  location: RoleLocation,
): Outcome[] => [publishOutcome(rules, topicArn, publishers), openOutcome(rules, topicArn, location)];

function publishOutcome(rules: readonly NamedStatement[], topicArn: string, publishers: readonly Publisher[]): Outcome {
  const name = "CloudWatch may publish";
  const may = publishers.map((publisher) => mayPublish(rules, topicArn, publisher));
  if (may.includes(false)) {
    return problem(
      name,
      "the topic's policy does not allow cloudwatch.amazonaws.com sns:Publish: nobody is notified",
      REMEDIES.allowForAccount,
    );
  }
  return may.includes(UNKNOWN)
    ? unknown(
        name,
        "the topic's policy allows it under conditions that could not be determined",
        "Make sure that CloudWatch meets the conditions, or use only aws:SourceAccount and aws:SourceArn.",
      )
    : ok(name, "allowed by the topic's policy");
}

function openOutcome(rules: readonly NamedStatement[], topicArn: string, location: RoleLocation): Outcome {
  const name = "topic policy";
  const grants = openGrants(rules, topicArn, location);
  const certain = grants.filter(({ isCertain }) => isCertain);
  if (certain.length > 0) {
    return problem(name, `it allows ${certain.map(grantText).join("; ")}`, REMEDIES.principalsOfAccount);
  }
  return grants.length > 0
    ? unknown(
        name,
        `it may allow ${grants.map(grantText).join("; ")}, depending on its conditions`,
        "Make sure that only the account and its alarms meet them.",
      )
    : ok(name, "not open to everybody");
}

const grantText = ({ service, action }: OpenGrant): string =>
  service === undefined ? `everybody ${action}` : `${service} ${action} on behalf of any account`;
