import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";
import { METRIC_STREAM, outcomesOfSource, sourcesOf } from "../sources/sources";

export const sourceJson: Policy = {
  id: "KFF-SRC-002",
  severity: "error",
  title: "A metric stream writes JSON",
  why: "Kloudfuse does not read OpenTelemetry from Firehose: the records arrive, but their metrics are lost.",
  source: "Kloudfuse documentation, AWS CloudWatch metrics; CloudWatch API, PutMetricStream.OutputFormat",
  check: (kloudfuse) =>
    sourcesOf(kloudfuse, METRIC_STREAM).flatMap((source) =>
      outcomesOfSource(
        source,
        checkAttribute(source.resource, "output_format", (format) => format === "json", "Set output_format to json."),
      ),
    ),
};
