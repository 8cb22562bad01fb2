import { deletions } from "../deletions";
import { STREAM } from "../kloudfuse";
import type { Policy } from "../policy";

export const changeStream: Policy = {
  id: "KFF-CHG-001",
  severity: "error",
  title: "No stream is replaced or destroyed",
  why: "Firehose deletes the records that the stream has buffered, and records put before the new stream exists are lost.",
  source: "Firehose API, DeleteDeliveryStream",
  check: (kloudfuse) => deletions(kloudfuse, STREAM),
};
