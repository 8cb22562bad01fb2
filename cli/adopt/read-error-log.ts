import {
  DescribeLogGroupsCommand,
  ListTagsForResourceCommand,
  paginateDescribeLogStreams,
} from "@aws-sdk/client-cloudwatch-logs";
import { call } from "../aws/call";
import { collected } from "../aws/pages";
import type { AdoptContext } from "./context";
import type { TagMap } from "./read-tags";

/** The log group of delivery errors, with its log streams. */
export interface AdoptableLogGroup {
  readonly name: string;
  /** Undefined: the errors never expire. */
  readonly retentionDays: number | undefined;
  /** ARN of the KMS key; undefined: CloudWatch Logs encrypts with its own keys. */
  readonly kmsKeyArn: string | undefined;
  /** Names. */
  readonly logStreams: readonly string[];
  readonly tags: TagMap;
}

/**
 * Reads a log group by its exact name; undefined where it does not exist.
 *
 * @throws UndeterminedError when AWS does not say
 */
export async function readErrorLogGroup(
  { logs }: Pick<AdoptContext, "logs">,
  name: string,
): Promise<AdoptableLogGroup | undefined> {
  const groups = new DescribeLogGroupsCommand({ logGroupNamePrefix: name });
  // Among the names with this prefix, AWS lists the shortest one, the name itself, first.
  const found = (await call("logs:DescribeLogGroups", logs.send(groups)))?.logGroups?.find(
    ({ logGroupName }) => logGroupName === name,
  );
  if (found === undefined) {
    return undefined;
  }
  const pages = paginateDescribeLogStreams({ client: logs }, { logGroupName: name });
  const logStreams = await call(
    "logs:DescribeLogStreams",
    collected(pages, (page) => page.logStreams),
  );
  const resourceArn = found.logGroupArn ?? (found.arn ?? "").replace(/:\*$/, "");
  const tags = await call("logs:ListTagsForResource", logs.send(new ListTagsForResourceCommand({ resourceArn })));
  return {
    name,
    retentionDays: found.retentionInDays,
    kmsKeyArn: found.kmsKeyId,
    logStreams: (logStreams ?? []).flatMap(({ logStreamName }) => logStreamName ?? []),
    tags: tags?.tags ?? {},
  };
}
