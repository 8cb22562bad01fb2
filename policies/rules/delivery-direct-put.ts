import { finding } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

const SOURCES = {
  kinesis_source_configuration: "a Kinesis data stream",
  msk_source_configuration: "a topic of MSK",
};

export const deliveryDirectPut: Policy = {
  id: "KFF-DEL-008",
  severity: "error",
  title: "The source is Direct PUT",
  why: "Metric streams, subscription filters and replay put records directly: AWS refuses them on a stream with another source.",
  source: "Firehose API, CreateDeliveryStream.DeliveryStreamType; PutRecordBatch",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      Object.entries(SOURCES).flatMap(([block, source]) => {
        const count = resource.count(block);
        return count === UNKNOWN || count === 0
          ? []
          : [finding(resource, `its source is ${source}`, `Remove ${block}.`)];
      }),
    ),
};
