import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UnusableInput } from "../../../cli/exit-codes";
import { type DeployedMetricStream, readTerraformState } from "../../../cli/verify/terraform-state";

let folder = "";
let file = "";
const HOW_TO = "Create it with: terraform show -json > state.json";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-state-"));
  file = join(folder, "state.json");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(content: unknown): DeployedMetricStream[] {
  writeFileSync(file, typeof content === "string" ? content : JSON.stringify(content));
  return readTerraformState(file);
}

const state = (module: object): object => ({ format_version: "1.0", values: { root_module: module } });
const resource = (address: string, values: object, more: object = {}): object => ({
  address,
  mode: "managed",
  type: "aws_cloudwatch_metric_stream",
  values,
  ...more,
});

describe("the metric streams in Terraform's state", () => {
  test("have name, destination and filters", () => {
    const values = {
      name: "kloudfuse-metrics",
      firehose_arn: "arn:stream",
      include_filter: [{ namespace: "AWS/EC2", metric_names: ["a", "b"] }, { namespace: "AWS/S3" }],
      exclude_filter: [{ namespace: "AWS/EBS", metric_names: [] }],
    };
    expect(read(state({ resources: [resource("aws_cloudwatch_metric_stream.one", values)] }))).toEqual([
      {
        address: "aws_cloudwatch_metric_stream.one",
        name: "kloudfuse-metrics",
        destinationArn: "arn:stream",
        includeFilters: [
          { namespace: "AWS/EC2", metricNames: ["a", "b"] },
          { namespace: "AWS/S3", metricNames: [] },
        ],
        excludeFilters: [{ namespace: "AWS/EBS", metricNames: [] }],
      },
    ]);
  });

  test("are found in modules of any depth", () => {
    const inner = { resources: [resource("module.a.module.b.stream", {})] };
    const found = read(state({ resources: [resource("stream", {})], child_modules: [{ child_modules: [inner] }] }));
    expect(found.map(({ address }) => address)).toEqual(["stream", "module.a.module.b.stream"]);
  });

  test("are neither data sources nor other resources", () => {
    const resources = [resource("data.stream", {}, { mode: "data" }), resource("role", {}, { type: "aws_iam_role" })];
    expect(read(state({ resources }))).toEqual([]);
  });

  test.each([{ format_version: "1.0" }, state({})])("are none in an empty state", (content) => {
    expect(read(content)).toEqual([]);
  });
});

describe("a file that is no state", () => {
  test.each(["", "{", "[]", "null", '{"version":4,"serial":1}', '{"format_version":1}'])(
    "is rejected, and not quoted: %j",
    (content) => {
      expect(() => read(content)).toThrow(
        new UnusableInput(`--state must be Terraform's state as JSON, got something else in ${file}. ${HOW_TO}`),
      );
    },
  );

  test("is rejected if it is a plan", () => {
    expect(() => read({ format_version: "1.2", planned_values: {} })).toThrow(
      new UnusableInput(`--state must be Terraform's state as JSON, got a plan in ${file}. ${HOW_TO}`),
    );
  });

  test("is rejected if it is the state file itself", () => {
    expect(() => read({ version: 4, terraform_version: "1.11.4", lineage: "a", resources: [] })).toThrow(
      new UnusableInput(
        `--state must be the output of terraform show -json, got the state file itself in ${file}. ${HOW_TO}`,
      ),
    );
  });

  test.each(["utf16le", "latin1"] as const)("is rejected if it is UTF-16: %s", (encoding) => {
    const text = JSON.stringify(state({}));
    writeFileSync(file, Buffer.from(encoding === "utf16le" ? text : text.replace(/./g, "\0$&"), encoding));
    expect(() => readTerraformState(file)).toThrow(
      new UnusableInput(
        `--state must be UTF-8, got UTF-16 in ${file}, which > writes in Windows PowerShell. Use: terraform show -json | Out-File -Encoding utf8 state.json`,
      ),
    );
  });

  test("is accepted with a byte order mark, which Out-File writes", () => {
    expect(read(`\uFEFF${JSON.stringify(state({}))}`)).toEqual([]);
  });

  test("is rejected if it does not exist", () => {
    const missing = join(folder, "missing.json");
    expect(() => readTerraformState(missing)).toThrow(
      new UnusableInput(`--state must be a file that can be read, got ${missing} (it does not exist). ${HOW_TO}`),
    );
  });

  test("is rejected if it is a folder", () => {
    const own = join(folder, "folder");
    mkdirSync(own);
    expect(() => readTerraformState(own)).toThrow(`got ${own} (it is a folder).`);
  });
});
