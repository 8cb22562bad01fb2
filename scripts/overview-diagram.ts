import { INPUTS } from "../modules/inputs";
import { SIGNALS } from "../modules/signals";
import { escaped } from "./svg";

const WIDTH = 920;
const HEIGHT = 330;
const BOX_HEIGHT = 56;
const LINE_HEIGHT = 17;
const ARROW_HEAD = 7;

/** The colors of a picture, which suit a light or a dark page. */
export interface Palette {
  readonly text: string;
  readonly line: string;
  readonly box: string;
  readonly own: string;
}

export const PALETTES = {
  light: { text: "#1f2328", line: "#59636e", box: "#f6f8fa", own: "#ddf4ff" },
  dark: { text: "#f0f6fc", line: "#9198a1", box: "#151b23", own: "#121d2f" },
} as const satisfies Record<string, Palette>;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly lines: readonly string[];
  /** Whether the module creates it by default. */
  readonly isOwn: boolean;
}

const box = (x: number, y: number, width: number, lines: readonly string[], isOwn = true): Box => ({
  x,
  y,
  width,
  lines,
  isOwn,
});

const [METRICS_Y, LOGS_Y, BELOW_Y] = [30, 116, 232];

const BOXES = {
  metricStream: box(10, METRICS_Y, 235, ["CloudWatch metric stream", "optional"], false),
  subscriptions: box(10, LOGS_Y, 235, ["CloudWatch Logs subscriptions", "optional"], false),
  metrics: box(345, METRICS_Y, 220, ["Firehose", SIGNALS.metrics.streamName]),
  logs: box(345, LOGS_Y, 220, ["Firehose", SIGNALS.logs.streamName]),
  metricsEndpoint: box(670, METRICS_Y, 240, ["Kloudfuse", SIGNALS.metrics.endpointPath], false),
  logsEndpoint: box(670, LOGS_Y, 240, ["Kloudfuse", SIGNALS.logs.endpointPath], false),
  role: box(10, BELOW_Y, 235, ["IAM role", INPUTS.roleName.default]),
  bucket: box(345, BELOW_Y, 220, ["S3 bucket", "failed records"]),
  errorLog: box(670, BELOW_Y, 240, ["CloudWatch log group", "delivery errors"]),
} as const satisfies Record<string, Box>;

interface Arrow {
  readonly from: readonly [x: number, y: number];
  readonly to: readonly [x: number, y: number];
  readonly label: string;
}

const right = ({ x, y, width }: Box): readonly [number, number] => [x + width, y + BOX_HEIGHT / 2];
const left = ({ x, y }: Box): readonly [number, number] => [x, y + BOX_HEIGHT / 2];
const below = ({ x, y, width }: Box, at = 0.5): readonly [number, number] => [x + width * at, y + BOX_HEIGHT];
const above = ({ x, y, width }: Box, at = 0.5): readonly [number, number] => [x + width * at, y];

const BUFFERING = `${INPUTS.bufferingSizeMb.default} MiB or ${INPUTS.bufferingIntervalSeconds.default} s`;

const ARROWS: readonly Arrow[] = [
  { from: right(BOXES.metricStream), to: left(BOXES.metrics), label: "JSON" },
  { from: right(BOXES.subscriptions), to: left(BOXES.logs), label: "log events" },
  { from: right(BOXES.metrics), to: left(BOXES.metricsEndpoint), label: BUFFERING },
  { from: right(BOXES.logs), to: left(BOXES.logsEndpoint), label: "HTTPS, GZIP" },
  {
    from: below(BOXES.logs),
    to: above(BOXES.bucket),
    label: `after ${INPUTS.retryDurationSeconds.default} s of retries`,
  },
  { from: below(BOXES.logs, 0.9), to: above(BOXES.errorLog, 0.1), label: "" },
];

/** What the module creates, and how data flows through it, as an SVG picture. */
export function overviewDiagram(palette: Palette): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" font-family="system-ui, -apple-system, Segoe UI, Helvetica, Arial, sans-serif" font-size="13">`,
    "<title>CloudWatch metrics and logs go through two Firehose streams to Kloudfuse; failed records go to an S3 bucket</title>",
    ...ARROWS.map((arrow) => arrowOf(arrow, palette)),
    ...Object.values(BOXES).map((each) => boxOf(each, palette)),
    `<text x="10" y="${HEIGHT - 12}" fill="${palette.line}">Shaded: created by default. Optional: an input creates it.</text>`,
    "</svg>",
    "",
  ].join("\n");
}

function boxOf({ x, y, width, lines, isOwn }: Box, { text, line, box: fill, own }: Palette): string {
  const dash = isOwn ? "" : ' stroke-dasharray="4 3"';
  const first = y + BOX_HEIGHT / 2 - ((lines.length - 1) * LINE_HEIGHT) / 2 + 4;
  const texts = lines.map(
    (each, index) =>
      `<text x="${x + width / 2}" y="${first + index * LINE_HEIGHT}" text-anchor="middle" fill="${text}"${index === 0 ? ' font-weight="600"' : ""}>${escaped(each)}</text>`,
  );
  return `<rect x="${x}" y="${y}" width="${width}" height="${BOX_HEIGHT}" rx="6" fill="${isOwn ? own : fill}" stroke="${line}"${dash}/>${texts.join("")}`;
}

function arrowOf({ from: [x1, y1], to: [x2, y2], label }: Arrow, { text, line }: Palette): string {
  const angle = Math.atan2(y2 - y1, x2 - x1);
  const point = (turn: number): string =>
    `${(x2 - ARROW_HEAD * Math.cos(angle + turn)).toFixed(1)},${(y2 - ARROW_HEAD * Math.sin(angle + turn)).toFixed(1)}`;
  const isLevel = y1 === y2;
  const [labelX, labelY] = isLevel ? [(x1 + x2) / 2, y1 - 8] : [(x1 + x2) / 2 - 8, (y1 + y2) / 2 + 4];
  return [
    `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="${line}"/>`,
    `<polygon points="${x2},${y2} ${point(0.45)} ${point(-0.45)}" fill="${line}"/>`,
    label === ""
      ? ""
      : `<text x="${labelX}" y="${labelY}" text-anchor="${isLevel ? "middle" : "end"}" fill="${text}" font-size="12">${escaped(label)}</text>`,
  ].join("");
}
