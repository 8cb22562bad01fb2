import { INPUT_NAMES, inputOf, variableName } from "../../modules/inputs";
import { OUTPUTS } from "../../modules/outputs";
import { VERSIONS } from "../../modules/versions";
import {
  GENERATED_NOTICE,
  inputsTable,
  LOCAL_SOURCE,
  moduleReadme,
  outputsTable,
  resourcesTable,
} from "../../scripts/module-readme";

const rowsOf = (table: string): readonly string[] => table.split("\n").slice(2);

/** The row that begins with a name. */
const rowOf = (table: string, name: string): string | undefined =>
  rowsOf(table).find((row) => row.startsWith(`| \`${name}\` |`));

describe("the table of inputs", () => {
  test("has every variable, in the order of the inputs", () => {
    expect(inputsTable().split("\n").slice(0, 2)).toEqual([
      "| input | type | default | description |",
      "| --- | --- | --- | --- |",
    ]);
    expect(rowsOf(inputsTable()).map((row) => row.split("`")[1])).toEqual(INPUT_NAMES.map(variableName));
  });

  test.each<[name: string, typeAndDefault: string, input: Parameters<typeof inputOf>[0]]>([
    ["kloudfuse_ingester_host", "`string` | required", "kloudfuseIngesterHost"],
    ["create_logs_stream", "`bool` | `true`", "createLogsStream"],
    ["logs_stream_name", '`string` | `"kloudfuse-logs"`', "logsStreamName"],
    ["buffering_size_mb", "`number` | `4`", "bufferingSizeMb"],
    ["role_arn", "`string` | `null`", "roleArn"],
    ["common_attributes", "`map(string)` | `{}`", "commonAttributes"],
    ["account_excluded_log_groups", "`set(string)` | `[]`", "accountExcludedLogGroups"],
  ])("has type, default and description of %s", (name, typeAndDefault, input) => {
    expect(rowOf(inputsTable(), name)).toBe(
      `| \`${name}\` | ${typeAndDefault} | ${inputOf(input).description.replaceAll("<", "&lt;")} |`,
    );
  });

  test("marks the sensitive inputs, and no others", () => {
    const marked = rowsOf(inputsTable()).filter((row) => row.endsWith(" Sensitive. |"));
    expect(marked.map((row) => row.split("`")[1])).toEqual(
      INPUT_NAMES.filter((name) => inputOf(name).sensitive).map(variableName),
    );
    expect(marked).toHaveLength(1);
  });
});

describe("the table of outputs", () => {
  test("has every output, in order, with its description", () => {
    expect(outputsTable().split("\n").slice(0, 2)).toEqual(["| output | description |", "| --- | --- |"]);
    expect(rowsOf(outputsTable()).map((row) => row.split("`")[1])).toEqual(Object.keys(OUTPUTS));
    expect(rowOf(outputsTable(), "role_name")).toBe("| `role_name` | Name of the delivery role. |");
  });

  test("says when an output is null", () => {
    expect(rowOf(outputsTable(), "metrics_stream_name")).toMatch(/^\| `metrics_stream_name` \| Name of .*\. Null /);
  });
});

describe("the table of resources", () => {
  test("has the address of each block, and when it exists", () => {
    const blocks = {
      aws_iam_role: {
        delivery: { count: "${var.create_role ? 1 : 0}" },
        metric_stream_role: { count: "${(var.create_metric_stream && var.create_role) ? 1 : 0}" },
      },
      aws_cloudwatch_log_group: { errors: {} },
      aws_cloudwatch_log_subscription_filter: { logs: { for_each: "${var.log_groups}" } },
    };
    expect(resourcesTable(blocks)).toBe(
      [
        "| resource | when |",
        "| --- | --- |",
        "| `aws_iam_role.delivery` | `var.create_role` |",
        "| `aws_iam_role.metric_stream_role` | `(var.create_metric_stream && var.create_role)` |",
        "| `aws_cloudwatch_log_group.errors` | always |",
        "| `aws_cloudwatch_log_subscription_filter.logs` | for each of `var.log_groups` |",
      ].join("\n"),
    );
  });

  test("shows the whole condition, up to its last question mark", () => {
    const count = '${(var.name == "a ? b") ? 1 : 0}';
    expect(resourcesTable({ a: { b: { count } } })).toContain('| `a.b` | `(var.name == "a ? b")` |');
  });

  test("has both of two resources of one type, and none of an empty module", () => {
    expect(rowsOf(resourcesTable({ a: { b: {}, c: {} } }))).toEqual(["| `a.b` | always |", "| `a.c` | always |"]);
    expect(rowsOf(resourcesTable({}))).toEqual([]);
  });
});

describe("the README of the module", () => {
  test("has a call, the versions, and the three tables under their headings", () => {
    const blocks = { aws_cloudwatch_log_group: { errors: {} } };
    const readme = moduleReadme(blocks);
    expect(readme.split("\n").filter((line) => line.startsWith("#"))).toEqual([
      "# kloudfuse-firehose",
      "## Inputs",
      "## Outputs",
      "## Resources",
    ]);
    expect(readme).toContain(`\n## Inputs\n\n${inputsTable()}\n\n## Outputs\n\n${outputsTable()}\n\n## Resources\n\n`);
    expect(readme.endsWith(`\n\n${resourcesTable(blocks)}\n`)).toBe(true);
    expect(readme).toContain(
      `Needs Terraform ${VERSIONS.terraform} and the provider hashicorp/aws ${VERSIONS.awsProvider}.`,
    );
    expect(readme).toContain(
      'module "kloudfuse" {\n  source = "./terraform/kloudfuse-firehose"\n\n  kloudfuse_ingester_host = "kfuse.example.com"\n  access_key_secret_arn   = ',
    );
  });

  test("has once what the published one replaces: the source, and the notice that it is generated", () => {
    for (const text of [LOCAL_SOURCE, GENERATED_NOTICE]) {
      expect(moduleReadme({}).split(text)).toHaveLength(2);
    }
  });
});
