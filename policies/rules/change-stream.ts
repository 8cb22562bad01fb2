import { deletions } from "../deletions";
import { STREAM } from "../kloudfuse";
import type { Policy } from "../policy";

export const changeStream: Policy = {
  id: "KFF-CHG-001",
  severity: "error",
  title: "No stream is replaced or destroyed",
  why: "Firehose deletes what a stream has buffered with it, and loses records that are put before there is a new one.",
  source: "Firehose API, DeleteDeliveryStream",
  check: (kloudfuse) => deletions(kloudfuse, STREAM),
};
