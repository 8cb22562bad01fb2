import { regionOfLocation } from "../../../cli/verify/read-bucket";

describe("the region of a bucket", () => {
  test.each([
    [undefined, "us-east-1"],
    ["", "us-east-1"],
    ["EU", "eu-west-1"],
    ["eu-central-1", "eu-central-1"],
  ])("with the location %j is %s", (location, region) => {
    expect(regionOfLocation(location)).toBe(region);
  });
});
