import { overviewDiagram, PALETTES } from "../../scripts/overview-diagram";
import { textsOf } from "../helpers/svg";

describe.each(Object.entries(PALETTES))("the %s overview", (_, palette) => {
  let svg = "";

  beforeAll(() => {
    svg = overviewDiagram(palette);
  });

  test("names streams, endpoints, role and limits by the tables", () => {
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining([
        "kloudfuse-metrics",
        "kloudfuse-logs",
        "/ingester/kinesis/metrics",
        "/ingester/kinesis/logs",
        "KloudfuseFirehoseRole",
        "4 MiB or 60 s",
        "after 300 s of retries",
      ]),
    );
  });

  test("has no color but those of the palette", () => {
    const colors = [...svg.matchAll(/(?:fill|stroke)="(#[^"]+)"/g)].map(([, color]) => color);
    expect([...new Set(colors)].sort()).toEqual([...new Set(Object.values(palette))].sort());
  });

  test("has each box within the picture", () => {
    const ends = [...svg.matchAll(/<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/g)].map(
      ([, x, y, width, height]) => [Number(x) + Number(width), Number(y) + Number(height)],
    );
    expect(ends).toHaveLength(9);
    expect(ends.filter(([x = 0, y = 0]) => x > 920 || y > 330)).toEqual([]);
  });
});
