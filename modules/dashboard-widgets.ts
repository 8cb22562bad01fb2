import { ALARM_PERIOD_SECONDS } from "./alarm-table";
import {
  BACKED_UP_RECORDS,
  METRIC_NAMESPACES,
  type MetricEntry,
  type MetricExpression,
  STREAM_METRICS,
} from "./metric-table";

/** Place of a widget on the dashboard, which is 24 columns wide. */
export interface WidgetPlace {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Options of one metric, or of an expression, in a graph. */
interface SeriesOptions {
  readonly expression?: string;
  readonly id?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly visible?: boolean;
}

/** Namespace, name, dimension, its value and options; or only the options of an expression. */
export type WidgetSeries = readonly (string | SeriesOptions)[];

/** A graph of metrics over time. */
export interface GraphWidget extends WidgetPlace {
  readonly type: "metric";
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly view: "timeSeries";
    readonly stacked: false;
    readonly period: number;
    readonly metrics: readonly WidgetSeries[];
    readonly yAxis: { readonly left: { readonly min: number; readonly max?: number; readonly showUnits: false } };
    readonly annotations?: { readonly horizontal: readonly { readonly label: string; readonly value: number }[] };
  };
}

/** A table of the results of a Logs Insights query. */
export interface LogWidget extends WidgetPlace {
  readonly type: "log";
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly view: "table";
    readonly query: string;
  };
}

/** Text in Markdown. */
export interface TextWidget extends WidgetPlace {
  readonly type: "text";
  readonly properties: { readonly markdown: string };
}

/** A widget of the dashboard. Source: CloudWatch API, "Dashboard Body Structure and Syntax". */
export type Widget = GraphWidget | LogWidget | TextWidget;

/** A graph that every stream has. */
interface Graph {
  readonly title: string;
  readonly metrics: Readonly<Record<string, MetricEntry>>;
  /** @default the graph shows the metrics */
  readonly expression?: MetricExpression["expression"];
  /** @default the axis ends at the largest value */
  readonly max?: number;
  /** Whether a line shows the age above which delivery counts as stalled. */
  readonly showsStalledSeconds?: true;
}

/** The graphs of a stream, from top to bottom. */
const GRAPHS: readonly Graph[] = [
  {
    title: "records in and delivered",
    metrics: { incoming: STREAM_METRICS.incoming, delivered: STREAM_METRICS.delivered },
  },
  { title: "share of requests accepted", metrics: { success: STREAM_METRICS.success }, max: 1 },
  {
    title: "age of the oldest record, seconds",
    metrics: { freshness: STREAM_METRICS.freshness },
    showsStalledSeconds: true,
  },
  { title: "records backed up", ...BACKED_UP_RECORDS },
  { title: "records throttled", metrics: { throttled: STREAM_METRICS.throttled } },
];

/** Columns of the dashboard. */
export const DASHBOARD_WIDTH = 24;

const TEXT_HEIGHT = 3;
const GRAPH_HEIGHT = 5;
const LOG_HEIGHT = 7;

/** What a stream's graphs show. */
export interface GraphsOptions {
  /** Name of the signal in the titles, such as "Metrics". */
  readonly signal: string;
  readonly streamName: string;
  /** Age of the oldest record, in seconds, above which delivery counts as stalled. */
  readonly stalledSeconds: number;
  readonly region: string;
  readonly x: number;
  readonly width: number;
}

/** The graphs of one stream, below the text. */
export const graphWidgets = ({
  signal,
  streamName,
  stalledSeconds,
  region,
  x,
  width,
}: GraphsOptions): readonly GraphWidget[] =>
  GRAPHS.map(({ title, metrics, expression, max, showsStalledSeconds }, row) => ({
    type: "metric",
    x,
    y: TEXT_HEIGHT + row * GRAPH_HEIGHT,
    width,
    height: GRAPH_HEIGHT,
    properties: {
      title: `${signal}: ${title}`,
      region,
      view: "timeSeries",
      stacked: false,
      period: ALARM_PERIOD_SECONDS,
      metrics: [
        ...(expression === undefined ? [] : [[{ expression, id: "result", label: title }]]),
        ...Object.entries(metrics).map(([id, { metric, statistic }]) => [
          METRIC_NAMESPACES.firehose,
          metric,
          "DeliveryStreamName",
          streamName,
          { id, label: id, stat: statistic, ...(expression === undefined ? {} : { visible: false }) },
        ]),
      ],
      yAxis: { left: { min: 0, ...(max === undefined ? {} : { max }), showUnits: false } },
      ...(showsStalledSeconds === true
        ? { annotations: { horizontal: [{ label: "stalled", value: stalledSeconds }] } }
        : {}),
    },
  }));

/** Logs Insights query of the newest delivery errors. */
export const errorsQuery = (errorLogGroupName: string): string =>
  `SOURCE '${errorLogGroupName}' | fields @timestamp, @logStream, errorCode, message | sort @timestamp desc | limit 20`;

/** The newest delivery errors of all streams, below the graphs. */
export const errorsWidget = (query: string, region: string): LogWidget => ({
  type: "log",
  x: 0,
  y: TEXT_HEIGHT + GRAPHS.length * GRAPH_HEIGHT,
  width: DASHBOARD_WIDTH,
  height: LOG_HEIGHT,
  properties: {
    title: "Newest delivery errors",
    region,
    view: "table",
    query,
  },
});

/** What to do when a graph looks wrong, above the graphs. */
export const TEXT_WIDGET: TextWidget = {
  type: "text",
  x: 0,
  y: 0,
  width: DASHBOARD_WIDTH,
  height: TEXT_HEIGHT,
  properties: {
    markdown: [
      "# Delivery to Kloudfuse",
      "In a clone of the kloudfuse-firehose repository, `npx kloudfuse-firehose verify` finds the cause of a failure and " +
        "`npx kloudfuse-firehose failures` shows the records that failed. Causes and fixes: docs/causes.md there. " +
        "AWS: [HTTP endpoint errors](https://docs.aws.amazon.com/firehose/latest/dev/http_troubleshooting.html), " +
        "[metrics](https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html).",
    ].join("\n\n"),
  },
};
