import { sourceUsers } from "../../../cli/adopt/source-users";
import { UndeterminedError } from "../../../cli/exit-codes";
import { inventoryWith, metricStreamWith, sourcesWith, streamArn } from "../../helpers/adoption";

const OTHER = { roleArn: "role", destinationArn: streamArn("clicks") };

describe("the sources of other delivery streams", () => {
  test("are of every kind, without those of the streams", () => {
    const filter = { ...OTHER, name: "f", logGroup: "/a", filterPattern: "" };
    const sources = sourcesWith({
      filters: [filter, { ...filter, destinationArn: streamArn("kloudfuse-logs") }],
      metricStreams: [metricStreamWith({ ...OTHER, name: "m" }), metricStreamWith()],
      accountPolicies: [{ ...OTHER, name: "p", filterPattern: "", criteria: "", excluded: [] }],
    });
    expect(sourceUsers(inventoryWith({ sources }))).toEqual([
      { roleArn: "role", user: "subscription filter f of /a" },
      { roleArn: "role", user: "metric stream m" },
      { roleArn: "role", user: "account policy p" },
    ]);
  });

  test("are none where they are not known", () => {
    const denied = new UndeterminedError("AWS denied it. Grant it.");
    const sources = sourcesWith({ filters: denied, metricStreams: denied, accountPolicies: denied });
    expect(sourceUsers(inventoryWith({ sources }))).toEqual([]);
    expect(sourceUsers(inventoryWith({ sources: undefined }))).toEqual([]);
  });
});
