import type { Plan, PlannedResource } from "../plan";
import { UNKNOWN } from "../plan";
import { finding, unknownOutcome } from "../outcomes";
import type { PolicyOutcome, Policy } from "../policy";

const SOURCES = { kinesis_source_configuration: "a Kinesis data stream", msk_source_configuration: "an MSK topic" };

export const deliveryDirectPut: Policy = {
  id: "KFF-DEL-008",
  severity: "error",
  title: "The source is Direct PUT",
  why: "CloudWatch metric streams and subscription filters write with PutRecord, which Firehose rejects on a stream with another source.",
  source: "Guide, steps 2 and 3; Firehose API, CreateDeliveryStream.DeliveryStreamType",
  check: ({ plan, streams }) =>
    streams.flatMap(({ resource }) =>
      Object.entries(SOURCES).flatMap(([block, source]) => checkSource(plan, resource, block, source)),
    ),
};

function checkSource(plan: Plan, resource: PlannedResource, block: string, source: string): PolicyOutcome[] {
  const count = resource.count(block);
  if (count === UNKNOWN) {
    return plan.isOmitted(resource, block) ? [] : [unknownOutcome(resource, block)];
  }
  return count === 0 ? [] : [finding(resource, `its source is ${source}`, `Remove ${block}.`)];
}
