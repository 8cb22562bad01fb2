import { ListTagsForDeliveryStreamCommand } from "@aws-sdk/client-firehose";
import { call } from "../aws/call";
import type { AwsContext } from "../aws/context";

/** Tags by name. */
export type TagMap = Readonly<Record<string, string>>;

/** A tag as most services answer it. */
interface ServiceTag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The tags that AWS returned, as a map. */
export const tagMapOf = (tags: readonly ServiceTag[] = []): TagMap =>
  Object.fromEntries(tags.map(({ Key = "", Value = "" }) => [Key, Value]));

/**
 * The tags of a delivery stream.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function readStreamTags(
  { firehose }: Pick<AwsContext, "firehose">,
  DeliveryStreamName: string,
): Promise<TagMap> {
  const tags = new Array<ServiceTag>();
  let hasMore = true;
  while (hasMore) {
    const command = new ListTagsForDeliveryStreamCommand({
      DeliveryStreamName,
      ExclusiveStartTagKey: tags.at(-1)?.Key,
    });
    const page = await call("firehose:ListTagsForDeliveryStream", firehose.send(command));
    tags.push(...(page?.Tags ?? []));
    hasMore = page?.HasMoreTags === true && (page.Tags ?? []).length > 0;
  }
  return tagMapOf(tags);
}
