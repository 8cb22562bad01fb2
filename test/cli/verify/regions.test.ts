import { note, ok, problem } from "../../../cli/checks/check";
import { checksOfAllRegions, type RegionResult } from "../../../cli/verify/regions";

const result = (region: string, more: Partial<RegionResult>): RegionResult => ({
  region,
  accountId: "123456789012",
  checks: [
    { subject: "kloudfuse-logs", region, ...problem("status", `no stream of this name in ${region}`, "Deploy it.") },
  ],
  hasStream: false,
  othersInRegion: [],
  ...more,
});
const active = { subject: "kloudfuse-logs", region: "eu-west-1", ...ok("status", "ACTIVE") };
const home = result("eu-west-1", { hasStream: true, checks: [active] });

describe("the checks of all regions", () => {
  test("are those of the regions with streams, and one for the others", () => {
    expect(checksOfAllRegions([home, result("us-east-1", {}), result("us-west-2", {})])).toEqual([
      active,
      { subject: "other regions", ...ok("streams", "no stream to Kloudfuse in us-east-1, us-west-2") },
    ]);
  });

  test("keep a region that did not answer", () => {
    const check = { subject: "region us-east-1", region: "us-east-1", ...note("streams", "found", "remedy") };
    expect(checksOfAllRegions([home, result("us-east-1", { hasStream: undefined, checks: [check] })])).toEqual([
      active,
      check,
    ]);
  });

  test("are a problem where no region has a stream, and name the streams that are there", () => {
    const results = [result("us-east-1", { othersInRegion: ["orders", "clicks"] }), result("us-west-2", {})];
    expect(checksOfAllRegions(results)).toMatchObject([
      {
        subject: "all regions",
        verdict: "problem",
        found:
          "no stream to Kloudfuse in 2 regions: us-east-1, us-west-2; in us-east-1 the streams there are orders, clicks",
      },
    ]);
  });
});
