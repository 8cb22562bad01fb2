import { marksOf } from "../../../policies/kloudfuse/recognize";
import { signalOf } from "../../../policies/kloudfuse/signal";
import { planOf } from "../../helpers/plan";
import { resourceAt } from "../resource-at";
import { type StreamMarks, streamValues } from "./stream-values";

function signal({ label = "s", ...marks }: StreamMarks & { readonly label?: string }): string | undefined {
  const address = `aws_kinesis_firehose_delivery_stream.${label}`;
  const resource = resourceAt(planOf([{ address, values: streamValues(marks) }]), address);
  return signalOf(resource, marksOf(resource))?.streamName;
}

describe("the signal of a stream", () => {
  test.each(["url", "endpointName", "prefix", "name", "label"])("is the one that its %s names", (name) => {
    expect([signal({ [name]: "metrics" }), signal({ [name]: "logs" })]).toEqual([
      "kloudfuse-metrics",
      "kloudfuse-logs",
    ]);
  });

  test("is the one that most of its settings name", () => {
    expect(signal({ url: "metrics", name: "logs", prefix: "logs" })).toBe("kloudfuse-logs");
    expect(signal({ url: "metrics", name: "logs", endpointName: "metrics" })).toBe("kloudfuse-metrics");
  });

  test("is not decided on a tie", () => {
    expect(signal({ url: "metrics", name: "logs" })).toBeUndefined();
  });

  test("is not decided where nothing names one", () => {
    expect(signal({})).toBeUndefined();
  });
});
