/** The colors of a dark terminal, by the number that selects them in an escape sequence. */
const COLORS: Readonly<Record<string, string>> = {
  31: "#ff7b72",
  32: "#7ee787",
  33: "#e3b341",
  35: "#d2a8ff",
  36: "#79c0ff",
};
const FOREGROUND = "#e6edf3";
const BACKGROUND = "#0d1117";
const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 18;
const PADDING = 14;

/** A part of a line in one style. */
interface Span {
  readonly text: string;
  readonly color: string;
  readonly isBold: boolean;
}

/** An SVG picture of the text of a terminal with escape sequences for colors. */
export function svgOf(screen: string, columns: number): string {
  const lines = screen.split("\n");
  const [width, height] = [columns * CHARACTER_WIDTH + 2 * PADDING, lines.length * LINE_HEIGHT + 2 * PADDING];
  const rows = lines.map((line, row) => {
    const y = PADDING + (row + 0.75) * LINE_HEIGHT;
    const spans = spansOf(line).map(({ text, color, isBold }) => {
      const weight = isBold ? ' font-weight="bold"' : "";
      return `<tspan fill="${color}"${weight}>${escaped(text)}</tspan>`;
    });
    return `<text x="${PADDING}" y="${y.toFixed(1)}" xml:space="preserve">${spans.join("")}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width.toFixed(0)}" height="${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">`,
    `<rect width="100%" height="100%" rx="8" fill="${BACKGROUND}"/>`,
    ...rows,
    "</svg>",
    "",
  ].join("\n");
}

/** The parts of a line, each in the style that the sequences before it select. */
export function spansOf(line: string): Span[] {
  let [color, isBold] = [FOREGROUND, false];
  const spans = new Array<Span>();
  // eslint-disable-next-line no-control-regex -- the sequences begin with it
  for (const [, codes, text = ""] of line.matchAll(/(?:\u001b\[([\d;]*)m)?([^\u001b]*)/g)) {
    for (const code of codes?.split(";") ?? []) {
      color = COLORS[code] ?? (code === "39" || code === "0" || code === "" ? FOREGROUND : color);
      isBold = code === "1" || (isBold && !["0", "22", ""].includes(code));
    }
    if (text !== "") {
      spans.push({ text, color, isBold });
    }
  }
  return spans;
}

/** Escapes a text for the content of an element. */
export const escaped = (text: string): string => text.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`);
