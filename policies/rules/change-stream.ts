import { deletions } from "../outcomes";
import type { Policy } from "../policy";

export const changeStream: Policy = {
  id: "KFF-CHG-001",
  severity: "error",
  title: "No stream is replaced or destroyed",
  why: "A stream that goes takes with it what it has buffered, and records put meanwhile are lost.",
  source: "Firehose API, DeleteDeliveryStream",
  check: (kloudfuse) => deletions(kloudfuse, "aws_kinesis_firehose_delivery_stream"),
};
