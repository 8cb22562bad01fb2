import { dashboardWidgets } from "../modules/dashboard";
import {
  errorsQuery,
  type GraphWidget,
  type LogWidget,
  type WidgetSeries,
  type TextWidget,
} from "../modules/dashboard-widgets";
import { INPUTS } from "../modules/inputs";
import { errorLogGroupName } from "../modules/log-criteria";
import { stalledSeconds } from "../modules/alarm-table";
import { evaluateExpression, type Points } from "./simulation/metric-math";
import { ERRORS, PERIODS, pointsOf } from "./dashboard-example";
import { escaped } from "./svg";

const CELL = 40;
const GAP = 4;
const COLORS = ["#1f77b4", "#ff7f0e"];
const RED = "#d62728";
const GRAY = "#687078";
const SMALL = 11;

/** The dashboard as CloudWatch draws it, from the widgets of the construct and made-up values. */
export function dashboardPicture(): string {
  const stalled = stalledSeconds(INPUTS.bufferingIntervalSeconds.default, INPUTS.retryDurationSeconds.default);
  const widgets = dashboardWidgets({
    streams: {
      metrics: { streamName: INPUTS.metricsStreamName.default, stalledSeconds: stalled, exists: true },
      logs: { streamName: INPUTS.logsStreamName.default, stalledSeconds: stalled, exists: true },
    },
    errorsQuery: errorsQuery(errorLogGroupName(INPUTS.metricsStreamName.default, INPUTS.logsStreamName.default)),
    region: "eu-west-1",
  });
  const [width, height] = [
    Math.max(...widgets.map((widget) => (widget.x + widget.width) * CELL)),
    Math.max(...widgets.map((widget) => (widget.y + widget.height) * CELL)),
  ];
  const pictures = widgets.map((widget) => {
    const [innerWidth, innerHeight] = [widget.width * CELL - 2 * GAP, widget.height * CELL - 2 * GAP];
    const content =
      widget.type === "metric"
        ? graph(widget, innerWidth, innerHeight)
        : widget.type === "log"
          ? errorTable(widget)
          : markdown(widget, innerWidth);
    return [
      `<g transform="translate(${widget.x * CELL + GAP} ${widget.y * CELL + GAP})">`,
      `<rect width="${innerWidth}" height="${innerHeight}" rx="4" fill="#ffffff" stroke="#d5dbdb"/>`,
      ...content,
      "</g>",
    ].join("\n");
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" font-size="13">`,
    `<rect width="100%" height="100%" fill="#f2f3f3"/>`,
    ...pictures,
    "</svg>",
    "",
  ].join("\n");
}

const text = (x: number, y: number, content: string, attributes = ""): string =>
  `<text x="${x}" y="${y}"${attributes === "" ? "" : ` ${attributes}`}>${escaped(content)}</text>`;

/** A line of a graph. */
interface Line {
  readonly label: string;
  readonly points: Points;
}

/** The lines of a graph: the expression where there is one, else the metrics. */
function linesOf(metrics: readonly WidgetSeries[]): Line[] {
  const options = (series: WidgetSeries): Exclude<WidgetSeries[number], string> =>
    series.find((part) => typeof part !== "string") ?? {};
  const series = Object.fromEntries(
    metrics.flatMap((entry) => {
      const [namespace, metric, , streamName] = entry;
      return typeof namespace === "string" && typeof metric === "string" && typeof streamName === "string"
        ? [[options(entry).id ?? "", pointsOf(streamName, metric)]]
        : [];
    }),
  );
  return metrics
    .map(options)
    .filter(({ visible }) => visible !== false)
    .map(({ expression, id = "", label = id }) => ({
      label,
      points: evaluateExpression(expression ?? id, { series, length: PERIODS, periodSeconds: 300 }),
    }));
}

function graph({ properties }: GraphWidget, width: number, height: number): string[] {
  const lines = linesOf(properties.metrics);
  const thresholds = properties.annotations?.horizontal ?? [];
  const [left, top, right, bottom] = [56, 34, width - 14, height - 44];
  const values = [
    ...lines.flatMap(({ points }) => points.flatMap((point) => point ?? [])),
    ...thresholds.map(({ value }) => value),
  ];
  const max = properties.yAxis.left.max ?? roundedUp(Math.max(...values));
  const x = (index: number): number => left + (index * (right - left)) / (PERIODS - 1);
  const y = (value: number): number => bottom - (value / max) * (bottom - top);
  const small = `font-size="${SMALL}" fill="${GRAY}"`;
  return [
    text(12, 21, properties.title, 'font-weight="bold"'),
    ...[0, max / 2, max].flatMap((value) => [
      `<path d="M${left} ${y(value).toFixed(1)}H${right}" stroke="#eaeded"/>`,
      text(left - 6, Math.round(y(value)) + 4, value.toLocaleString("en-US"), `${small} text-anchor="end"`),
    ]),
    text(left, bottom + 15, "6 hours ago", small),
    text(right, bottom + 15, "now", `${small} text-anchor="end"`),
    ...thresholds.flatMap(({ label, value }) => [
      `<path d="M${left} ${y(value).toFixed(1)}H${right}" stroke="${RED}" stroke-dasharray="6 4"/>`,
      text(
        right,
        Math.round(y(value)) - 5,
        `${label} (${value})`,
        `font-size="${SMALL}" fill="${RED}" text-anchor="end"`,
      ),
    ]),
    ...lines.flatMap(({ label, points }, index) => {
      const color = COLORS[index % COLORS.length] ?? GRAY;
      const legend = left + index * 90;
      return [
        `<path d="${path(points, x, y)}" fill="none" stroke="${color}" stroke-width="1.6"/>`,
        `<rect x="${legend}" y="${height - 19}" width="9" height="9" fill="${color}"/>`,
        text(legend + 14, height - 10, label, `font-size="${SMALL}"`),
      ];
    }),
  ];
}

/** A line through the points, with a gap where there is none. */
const path = (points: Points, x: (index: number) => number, y: (value: number) => number): string =>
  points
    .map((point, index) =>
      point === undefined
        ? ""
        : `${points[index - 1] === undefined ? "M" : "L"}${x(index).toFixed(1)} ${y(point).toFixed(1)}`,
    )
    .join("");

/** The next of 1, 2, 5, 10, 20, … */
function roundedUp(value: number): number {
  const magnitude = 10 ** Math.floor(Math.log10(Math.max(value, 1)));
  return [1, 2, 5, 10].map((factor) => factor * magnitude).find((step) => step >= value) ?? magnitude;
}

/** The columns of the query, with made-up errors. */
function errorTable({ properties }: LogWidget): string[] {
  const columns = (/\| fields ([^|]*[^| ]) \|/.exec(properties.query)?.[1] ?? "").split(", ");
  const offsets = [14, 150, 370, 570];
  const row = (cells: readonly string[], y: number, attributes: string): string[] =>
    cells.map((cell, column) => text(offsets[column] ?? 0, y, shortened(cell), attributes));
  return [
    text(12, 21, properties.title, 'font-weight="bold"'),
    ...row(columns, 46, `font-size="${SMALL}" font-weight="bold" fill="${GRAY}"`),
    ...ERRORS.flatMap((error, index) =>
      row(
        columns.map((name) => error[name] ?? ""),
        70 + index * 22,
        `font-size="${SMALL}"`,
      ),
    ),
  ];
}

/** Truncates a cell at the end of the widget. */
const shortened = (cell: string): string => (cell.length > 58 ? `${cell.slice(0, 57)}…` : cell);

/** Draws Markdown as plain text, with a bold heading. */
function markdown({ properties }: TextWidget, width: number): string[] {
  const [heading = "", ...paragraphs] = properties.markdown.split("\n\n");
  const plain = paragraphs
    .join(" ")
    .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll("`", "");
  const lines = plain.split(" ").reduce<string[]>((all, word) => {
    const last = all.at(-1);
    const fits = last !== undefined && (last.length + word.length) * 6.4 < width - 24;
    return fits ? [...all.slice(0, -1), `${last} ${word}`] : [...all, word];
  }, []);
  return [
    text(12, 28, heading.replace("# ", ""), 'font-size="18" font-weight="bold"'),
    ...lines.map((line, index) => text(12, 54 + index * 18, line)),
  ];
}
