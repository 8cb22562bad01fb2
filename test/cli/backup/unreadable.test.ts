import { gunzipSync } from "node:zlib";
import { CorruptData, corruptionReason, UnreadableObject } from "../../../cli/backup/unreadable";

function errorOf(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

describe("what is wrong with the data of an object", () => {
  test("is what a decoder says of it", () => {
    expect(corruptionReason(new CorruptData("the checksum is wrong"))).toBe("the checksum is wrong");
  });

  test("is what zlib says of it", () => {
    expect(corruptionReason(errorOf(() => gunzipSync(Buffer.from("no gzip"))))).toBe("incorrect header check");
  });

  test.each<[string, () => Error]>([
    ["UnreadableObject", () => new UnreadableObject("ZIP")],
    ["TypeError", () => new TypeError("a bug")],
    ["an error of the network", () => Object.assign(new Error("no"), { code: "ECONNRESET" })],
  ])("is not %s", (_, make) => {
    const error = make();
    expect(() => corruptionReason(error)).toThrow(error);
  });
});
