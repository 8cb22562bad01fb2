import { type Kloudfuse, STREAM } from "../kloudfuse";
import type { PlannedResource } from "../plan";
import { documentTextBefore } from "./account-policy";
import { FILTER, METRIC_STREAM, type SourceType } from "./sources";

/** The sources of a type that are replaced or destroyed, and that feed a stream to Kloudfuse before the apply. */
export function deletedSources(kloudfuse: Kloudfuse, type: SourceType): readonly PlannedResource[] {
  const { plan, streams, deleted } = kloudfuse;
  const ours = new Set([...streams.map(({ resource }) => resource), ...deleted]);
  return kloudfuse.deletedOfType(type).filter((source) => {
    const arn = destinationBefore(source);
    return arn !== undefined && plan.namedBefore(STREAM, arn).some((stream) => ours.has(stream));
  });
}

function destinationBefore(source: PlannedResource): string | undefined {
  switch (source.type) {
    case METRIC_STREAM:
      return source.textBefore("firehose_arn");
    case FILTER:
      return source.textBefore("destination_arn");
    default:
      return documentTextBefore(source, "DestinationArn");
  }
}
