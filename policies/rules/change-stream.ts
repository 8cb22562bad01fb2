import { deletions } from "../outcomes";
import type { Policy } from "../policy";

export const changeStream: Policy = {
  id: "KFF-CHG-001",
  severity: "error",
  title: "No stream is replaced or destroyed",
  why: "The records that the stream has buffered are lost, and so are those put while there is no stream.",
  source: "Firehose API, DeleteDeliveryStream",
  check: (kloudfuse) => deletions(kloudfuse, "aws_kinesis_firehose_delivery_stream"),
};
