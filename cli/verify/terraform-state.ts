import { readFileSync } from "node:fs";
import { asObject, asString, isObject, isUtf16, type JsonObject, parsedJson } from "../../iam/json";
import { UnusableInput } from "../exit-codes";
import { readErrorReason } from "../read-errors";
import type { MetricStreamDetails, NamespaceFilter } from "../sources/metric-streams";

/** A metric stream as Terraform's state has it: with the filters of its last apply. */
export interface DeployedMetricStream extends Pick<MetricStreamDetails, "includeFilters" | "excludeFilters"> {
  readonly address: string;
  readonly name: string;
  readonly destinationArn: string;
}

const HOW_TO = "Create it with: terraform show -json > state.json";

/**
 * Reads the metric streams in Terraform's state as JSON.
 *
 * @throws UnusableInput when the file cannot be read, or is not a state
 */
export function readTerraformState(file: string): DeployedMetricStream[] {
  const state = parsedJson(textOf(file));
  // A state may contain secrets: messages quote nothing of it.
  if (isObject(state) && "lineage" in state) {
    throw new UnusableInput(
      `--state must be the output of terraform show -json, got the state file itself in ${file}. ${HOW_TO}`,
    );
  }
  if (!isObject(state) || typeof asObject(state)["format_version"] !== "string") {
    throw new UnusableInput(`--state must be Terraform's state as JSON, got something else in ${file}. ${HOW_TO}`);
  }
  if ("planned_values" in state) {
    throw new UnusableInput(`--state must be Terraform's state as JSON, got a plan in ${file}. ${HOW_TO}`);
  }
  return streamsOf(asObject(asObject(state)["values"])["root_module"]);
}

function textOf(file: string): string {
  const content = contentOf(file);
  if (isUtf16(content)) {
    throw new UnusableInput(
      `--state must be UTF-8, got UTF-16 in ${file}, which > writes in Windows PowerShell. Use: terraform show -json | Out-File -Encoding utf8 state.json`,
    );
  }
  return content.toString("utf8").replace(/^\uFEFF/, "");
}

function contentOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new UnusableInput(
      `--state must be a file that can be read, got ${file} (${readErrorReason(error)}). ${HOW_TO}`,
    );
  }
}

function streamsOf(module: unknown): DeployedMetricStream[] {
  const { resources, child_modules: children } = {
    resources: undefined,
    child_modules: undefined,
    ...asObject(module),
  };
  return [
    ...listOf(resources)
      .filter(({ type, mode }) => type === "aws_cloudwatch_metric_stream" && mode !== "data")
      .map(streamOf),
    ...listOf(children).flatMap(streamsOf),
  ];
}

function streamOf({ address, values }: JsonObject): DeployedMetricStream {
  const attributes = asObject(values);
  return {
    address: asString(address) ?? "",
    name: asString(attributes["name"]) ?? "",
    destinationArn: asString(attributes["firehose_arn"]) ?? "",
    includeFilters: listOf(attributes["include_filter"]).map(filterOf),
    excludeFilters: listOf(attributes["exclude_filter"]).map(filterOf),
  };
}

const filterOf = ({ namespace, metric_names: names }: JsonObject): NamespaceFilter => ({
  namespace: asString(namespace) ?? "",
  metricNames: Array.isArray(names) ? names.filter((name) => typeof name === "string") : [],
});

const listOf = (value: unknown): readonly JsonObject[] => (Array.isArray(value) ? value.map(asObject) : []);
