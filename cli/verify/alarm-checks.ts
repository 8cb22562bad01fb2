import { isTopicArn, parseArn } from "../../iam/arn";
import { type Answer, attempt } from "../aws/attempt";
import { type Check, checksOf } from "../checks/check";
import { undetermined } from "../checks/undetermined";
import { UndeterminedError } from "../exit-codes";
import { alarmOutcomes } from "./alarms";
import type { VerifyContext } from "./context";
import { type AlarmSubjects, type DeploymentAlarms, deploymentAlarms } from "./deployment-alarms";
import { readAlarms, type RegionAlarms } from "./read-alarms";
import { readTopic } from "./read-topic";
import { topicOutcomes } from "./topic";
import type { RoleLocation } from "./trust";

const SUBJECT = "alarms";

/** The alarms of a region, or why AWS does not describe them. */
export const regionAlarms = (context: Pick<VerifyContext, "cloudWatch">): Promise<Answer<RegionAlarms>> =>
  attempt(readAlarms(context));

/** Checks the alarms of the deployment and the topics that they publish to. */
export async function alarmChecks(
  context: Pick<VerifyContext, "sns" | "kms" | "expected">,
  alarms: Answer<RegionAlarms>,
  subjects: AlarmSubjects,
  location: RoleLocation,
): Promise<Check[]> {
  if (alarms instanceof UndeterminedError) {
    return checksOf(SUBJECT, [undetermined("alarms", alarms)]);
  }
  const ours = deploymentAlarms(alarms, subjects);
  const ofTopics = await Promise.all(
    [...publishersOf(ours)].map(async ([arn, names]) =>
      checksOf(
        `topic ${parseArn(arn)?.resource ?? arn}`,
        topicOutcomes(await readTopic(context, arn), names, location),
      ),
    ),
  );
  return [...checksOf(SUBJECT, alarmOutcomes(ours, context.expected)), ...ofTopics.flat()];
}

/** The names of the alarms that publish to each topic. Other actions invoke functions, or scale or restart something. */
function publishersOf({ metricAlarms, compositeAlarms }: DeploymentAlarms): ReadonlyMap<string, readonly string[]> {
  const publishers = new Map<string, string[]>();
  for (const { name, allActions } of [...metricAlarms, ...compositeAlarms]) {
    for (const arn of new Set(allActions.filter(isTopicArn))) {
      publishers.set(arn, [...(publishers.get(arn) ?? []), name]);
    }
  }
  return publishers;
}
