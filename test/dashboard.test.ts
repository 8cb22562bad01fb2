import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformVariable } from "cdktf";
import { KloudfuseFirehose, KloudfuseFirehoseModule } from "../modules";
import { dashboardWidgets } from "../modules/dashboard";
import { errorsQuery, type GraphWidget, type Widget } from "../modules/dashboard-widgets";
import { BACKED_UP_RECORDS, STREAM_METRICS } from "../modules/metric-table";
import { firehose, inStack, stackWith, synthesize } from "./helpers/synth";

const DASHBOARD = "aws_cloudwatch_dashboard.dashboard";
const HOST = "kfuse.example.com";

/** The widgets of a deployment with these streams. */
const widgets = (exists: { metrics?: boolean; logs?: boolean } = {}): readonly Widget[] =>
  dashboardWidgets({
    streams: {
      metrics: { streamName: "kloudfuse-metrics", stalledSeconds: 900, exists: exists.metrics ?? true },
      logs: { streamName: "kloudfuse-logs", stalledSeconds: 1500, exists: exists.logs ?? true },
    },
    errorsQuery: errorsQuery("/aws/kinesisfirehose/kloudfuse"),
    region: "eu-west-1",
  });

const isGraph = (widget: Widget): widget is GraphWidget => widget.type === "metric";
const graphs = (...options: Parameters<typeof widgets>): GraphWidget[] => widgets(...options).filter(isGraph);
const places = (...options: Parameters<typeof widgets>): unknown =>
  graphs(...options).map(({ x, width, properties: { title } }) => [title, x, width]);

const TITLES = [
  "records in and delivered",
  "share of requests accepted",
  "age of the oldest record, seconds",
  "records backed up",
  "records throttled",
];

describe("the widgets", () => {
  test("show both streams side by side", () => {
    expect(places()).toEqual([
      ...TITLES.map((title) => [`Metrics: ${title}`, 0, 12]),
      ...TITLES.map((title) => [`Logs: ${title}`, 12, 12]),
    ]);
  });

  test.each([
    ["metrics", { logs: false }, "Metrics"],
    ["logs", { metrics: false }, "Logs"],
  ] as const)("show %s alone in the whole width", (_signal, exists, prefix) => {
    expect(places(exists)).toEqual(TITLES.map((title) => [`${prefix}: ${title}`, 0, 24]));
  });

  test("do not overlap, and leave no row empty", () => {
    const cells = widgets().flatMap(({ x, y, width, height }) =>
      Array.from({ length: width * height }, (_, cell) => `${x + (cell % width)},${y + Math.floor(cell / width)}`),
    );
    const bottom = Math.max(...widgets().map(({ y, height }) => y + height));
    const grid = Array.from({ length: 24 * bottom }, (_, cell) => `${cell % 24},${Math.floor(cell / 24)}`);
    expect(cells.sort()).toEqual(grid.sort());
  });

  test("have the metrics and statistics of the table, in the region, over the period of the alarms", () => {
    const series = (id: keyof typeof STREAM_METRICS, name: string): unknown[] => [
      "AWS/Firehose",
      STREAM_METRICS[id].metric,
      "DeliveryStreamName",
      "kloudfuse-logs",
      { id: name, label: name, stat: STREAM_METRICS[id].statistic },
    ];
    const ofLogs = graphs({ metrics: false });
    expect(ofLogs.filter((_, row) => row !== 3).map(({ properties }) => properties.metrics)).toEqual([
      [series("incoming", "incoming"), series("delivered", "delivered")],
      [series("success", "success")],
      [series("freshness", "freshness")],
      [series("throttled", "throttled")],
    ]);
    for (const { properties } of ofLogs) {
      expect(properties).toMatchObject({ region: "eu-west-1", period: 300, view: "timeSeries", stacked: false });
    }
  });

  test("begin at 0, and end at 1 for a share", () => {
    expect(graphs({ metrics: false }).map(({ properties }) => properties.yAxis.left)).toEqual([
      { min: 0, showUnits: false },
      { min: 0, max: 1, showUnits: false },
      { min: 0, showUnits: false },
      { min: 0, showUnits: false },
      { min: 0, showUnits: false },
    ]);
  });

  test("show the sum of both families of backup metrics, as the alarm computes it", () => {
    expect(graphs({ metrics: false })[3]?.properties.metrics).toEqual([
      [{ expression: BACKED_UP_RECORDS.expression, id: "result", label: "records backed up" }],
      ...[
        ["DeliveryToS3.Records", "delivered"],
        ["BackupToS3.Records", "backedup"],
      ].map(([metric, id]) => [
        "AWS/Firehose",
        metric,
        "DeliveryStreamName",
        "kloudfuse-logs",
        { id, label: id, stat: "Sum", visible: false },
      ]),
    ]);
  });

  test("have as many metrics as docs/monitoring.md says, of which CloudWatch shows 50 for free", () => {
    const series = graphs().flatMap(({ properties }) => properties.metrics);
    const count = series.filter(([namespace]) => namespace === "AWS/Firehose").length;
    const text = readFileSync(join(__dirname, "../docs/monitoring.md"), "utf8");
    expect(text).toContain(`of up to 50 metrics each in an account are free; this one has ${count} |`);
  });

  test("show the age from which on delivery is stalled, and no other line", () => {
    const lines = graphs().map(({ properties: { title, annotations } }) => [title, annotations?.horizontal]);
    expect(lines.filter(([, annotation]) => annotation !== undefined)).toEqual([
      ["Metrics: age of the oldest record, seconds", [{ label: "stalled", value: 900 }]],
      ["Logs: age of the oldest record, seconds", [{ label: "stalled", value: 1500 }]],
    ]);
  });

  test("show the newest delivery errors", () => {
    expect(widgets().find(({ type }) => type === "log")).toMatchObject({
      properties: {
        title: "Newest delivery errors",
        region: "eu-west-1",
        view: "table",
        query:
          "SOURCE '/aws/kinesisfirehose/kloudfuse' | fields @timestamp, @logStream, errorCode, message | sort @timestamp desc | limit 20",
      },
    });
  });

  test("begin with the commands to run and where causes are documented", () => {
    expect(widgets()[0]).toMatchObject({
      type: "text",
      properties: {
        markdown: expect.stringMatching(
          /`npx kloudfuse-firehose verify`[^]*docs\/causes[.]md[^]*docs[.]aws[.]amazon[.]com\/firehose/,
        ) as unknown,
      },
    });
  });
});

describe("the dashboard", () => {
  test("is not created unless it is asked for", () => {
    expect(firehose().addresses.filter((address) => address.includes("dashboard"))).toEqual([]);
  });

  test("is named after the region, and needs no alarms", () => {
    const template = firehose({ dashboard: {} });
    expect(template.resource(DASHBOARD)).toMatchObject({
      dashboard_name: 'kloudfuse-firehose-${element(split(":", aws_cloudwatch_log_group.errors.arn), 3)}',
    });
    expect(template.addresses.filter((address) => address.includes("alarm"))).toEqual([]);
  });

  test("has no condition where the streams are known, and the threshold of the alarms", () => {
    const template = firehose({ dashboard: {}, signals: ["logs"], alarms: { stalledSeconds: 1234 } });
    const body = String(template.resource(DASHBOARD, "dashboard_body"));
    expect(body).toMatch(/^\$\{jsonencode\(\{"widgets" = \[\{"type" = "text"/);
    expect(body).toContain('{"label" = "stalled", "value" = 1234}');
    expect(body).not.toContain('kloudfuse-metrics"');
    expect(body).not.toContain(" ? ");
  });

  test.each(["kloudfuse-firehose", "d".repeat(255)])("may be named %s", (dashboardName) => {
    expect(firehose({ dashboard: { dashboardName } }).resource(DASHBOARD, "dashboard_name")).toBe(dashboardName);
  });

  test.each(["", "kloudfuse.firehose", "d".repeat(256)])('may not be named "%s"', (dashboardName) => {
    expect(() => firehose({ dashboard: { dashboardName } })).toThrow(
      new Error(
        `dashboardName must be 1 to 255 of the characters a-z A-Z 0-9 _ -, got "${dashboardName}". ` +
          "Choose another name, unique in the account.",
      ),
    );
  });

  test("has its name checked when Terraform plans where it is a token", () => {
    const template = stackWith((stack) => {
      const dashboardName = new TerraformVariable(stack, "name", { type: "string" }).stringValue;
      new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST, dashboard: { dashboardName } });
    });
    expect(template.resource(DASHBOARD, "lifecycle", "precondition", 0, "error_message")).toMatch(
      /^dashboardName must be 1 to 255 of the characters/,
    );
  });

  test("is required to use it", () => {
    inStack((stack) => {
      const kloudfuse = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST });
      expect(() => kloudfuse.dashboard).toThrow(
        new Error("dashboard is required to use the dashboard of test/Default. Set it, for example to {}."),
      );
    });
  });
});

test("the module's dashboard leaves out the graphs of a stream that does not exist when Terraform plans", () => {
  const template = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
  const body = String(template.resource(DASHBOARD, "dashboard_body"));
  expect(body).toContain("jsondecode(var.create_metrics_stream ? jsonencode([");
  expect(body).toContain("jsondecode(var.create_logs_stream ? jsonencode([");
  // An instance of a stream that does not exist would be an error.
  expect(body).not.toContain("aws_kinesis_firehose_delivery_stream");
});
