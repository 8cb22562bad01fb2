import { escaped, spansOf, svgOf } from "../../scripts/svg";

describe("a picture of a terminal", () => {
  test("has each part of a line in the color and weight that precede it", () => {
    expect(spansOf("a\u001b[31mb\u001b[39mc \u001b[1md\u001b[22me\u001b[0m")).toEqual([
      { text: "a", color: "#e6edf3", isBold: false },
      { text: "b", color: "#ff7b72", isBold: false },
      { text: "c ", color: "#e6edf3", isBold: false },
      { text: "d", color: "#e6edf3", isBold: true },
      { text: "e", color: "#e6edf3", isBold: false },
    ]);
  });

  test("reads several codes of one sequence, and ends all of them at a reset", () => {
    expect(spansOf("\u001b[1;32ma\u001b[mb")).toEqual([
      { text: "a", color: "#7ee787", isBold: true },
      { text: "b", color: "#e6edf3", isBold: false },
    ]);
  });

  test("keeps spaces, and escapes what XML reserves", () => {
    const svg = svgOf("<a>  & b\n", 10);
    expect(svg).toContain('xml:space="preserve"><tspan fill="#e6edf3">&#60;a&#62;  &#38; b</tspan>');
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="112" height="64" /);
  });

  test("is as wide as its columns and as high as its lines, each on its own baseline", () => {
    expect(svgOf("a\u001b[1;31mb\u001b[0m\n\nc", 3)).toBe(
      [
        '<svg xmlns="http://www.w3.org/2000/svg" width="53" height="82" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="14">',
        '<rect width="100%" height="100%" rx="8" fill="#0d1117"/>',
        '<text x="14" y="27.5" xml:space="preserve"><tspan fill="#e6edf3">a</tspan><tspan fill="#ff7b72" font-weight="bold">b</tspan></text>',
        '<text x="14" y="45.5" xml:space="preserve"></text>',
        '<text x="14" y="63.5" xml:space="preserve"><tspan fill="#e6edf3">c</tspan></text>',
        "</svg>",
        "",
      ].join("\n"),
    );
  });

  test.each([
    ["31", "#ff7b72"],
    ["32", "#7ee787"],
    ["33", "#e3b341"],
    ["35", "#d2a8ff"],
    ["36", "#79c0ff"],
  ])("has a color for the code %s, until 39 or 0 ends it", (code, color) => {
    expect(spansOf(`\u001b[${code}ma\u001b[39mb\u001b[${code}mc\u001b[0md`).map((span) => span.color)).toEqual([
      color,
      "#e6edf3",
      color,
      "#e6edf3",
    ]);
  });

  test("keeps the color at codes that it does not know, and at the end of bold", () => {
    expect(spansOf("\u001b[1;31ma\u001b[4mb\u001b[22mc")).toEqual([
      { text: "a", color: "#ff7b72", isBold: true },
      { text: "b", color: "#ff7b72", isBold: true },
      { text: "c", color: "#ff7b72", isBold: false },
    ]);
  });

  test("keeps bold at the end of a color", () => {
    expect(spansOf("\u001b[1;31ma\u001b[39mb")).toEqual([
      { text: "a", color: "#ff7b72", isBold: true },
      { text: "b", color: "#e6edf3", isBold: true },
    ]);
  });

  test("has no part without text, and none for an empty line", () => {
    expect(spansOf("\u001b[31m\u001b[32ma\u001b[0m")).toEqual([{ text: "a", color: "#7ee787", isBold: false }]);
    expect(spansOf("")).toEqual([]);
  });
});

test("a text is the content of an element: what XML reserves there is escaped, and nothing else", () => {
  expect(escaped(`a < b && c > d "e" 'f'`)).toBe(`a &#60; b &#38;&#38; c &#62; d "e" 'f'`);
});
