import { subscriptionChanges } from "../../../cli/adopt/subscription-changes";
import { linesOf } from "../../helpers/adoption";

describe("a subscription that is imported", () => {
  test("with the delivery role and the default distribution is not changed", () => {
    expect(subscriptionChanges("log group a", { roleArn: "role" }, "role")).toEqual([]);
    expect(subscriptionChanges("log group a", { roleArn: "role" }, undefined)).toEqual([]);
  });

  test("gets the delivery role", () => {
    expect(linesOf({ items: subscriptionChanges("log group a", { roleArn: "other" }, "role") })).toEqual([
      "change log group a: subscription role: other becomes role",
    ]);
    expect(linesOf({ items: subscriptionChanges("log group a", { roleArn: "" }, "role") })).toEqual([
      "change log group a: subscription role: none becomes role",
    ]);
  });

  test("gets the default distribution", () => {
    expect(subscriptionChanges("log group a", { roleArn: "role", distribution: "Random" }, "role")).toEqual([
      {
        action: "change",
        subject: "log group a",
        name: "subscription distribution",
        found: "Random becomes ByLogStream",
        remedy:
          "No action needed: a delivery stream has no shards to distribute events to. Use --keep sources to keep it.",
      },
    ]);
  });
});
