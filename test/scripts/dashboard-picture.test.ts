import { dashboardPicture } from "../../scripts/dashboard-picture";
import { textsOf } from "../helpers/svg";

let picture = "";

beforeAll(() => {
  picture = dashboardPicture();
});

describe("the picture of the dashboard", () => {
  test("has the title of every widget", () => {
    const graphs = [
      "records in and delivered",
      "share of requests accepted",
      "age of the oldest record, seconds",
      "records backed up",
      "records throttled",
    ];
    expect(textsOf(picture)).toEqual(
      expect.arrayContaining([
        "Delivery to Kloudfuse",
        ...["Metrics", "Logs"].flatMap((signal) => graphs.map((title) => `${signal}: ${title}`)),
        "Newest delivery errors",
      ]),
    );
  });

  test("draws the threshold of both streams, and the columns of the query", () => {
    expect(textsOf(picture).filter((text) => text === "stalled (900)")).toHaveLength(2);
    expect(textsOf(picture)).toEqual(expect.arrayContaining(["@timestamp", "@logStream", "errorCode", "message"]));
  });

  test("has no number that is none", () => {
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
  });
});
