import { spansOf, svgOf } from "../../scripts/svg";

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
});
