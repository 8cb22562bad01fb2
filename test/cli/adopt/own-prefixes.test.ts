import { ownPrefixes } from "../../../cli/adopt/own-prefixes";

describe("the prefixes of what the streams write", () => {
  test("are theirs, each once", () => {
    const one = { prefix: "a/", errorOutputPrefix: "" };
    expect(ownPrefixes([one, one, { prefix: "b-", errorOutputPrefix: "" }])).toEqual(["a/", "b-"]);
  });

  test("are without a prefix the failed records only", () => {
    expect(ownPrefixes([{ prefix: "", errorOutputPrefix: "" }])).toEqual(["http-endpoint-failed/"]);
  });

  test("are of errors what stands before an expression", () => {
    const prefixes = ["errors/!{firehose:error-output-type}/", "!{timestamp:yyyy}/"];
    expect(prefixes.map((errorOutputPrefix) => ownPrefixes([{ prefix: "a/", errorOutputPrefix }]))).toEqual([
      ["a/", "errors/"],
      ["a/"],
    ]);
  });
});
