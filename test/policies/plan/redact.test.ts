import type { PlannedResource } from "../../../policies/plan";
import { redactedValue, redactedText, redactUrls } from "../../../policies/plan/redact";
import { planOf } from "../../helpers/plan";

function resource(sensitive: readonly string[] = [], actions: readonly string[] = ["create"]): PlannedResource {
  const values = { url: "https://host/path", list: [{ name: "a", key: "s3cr3t" }], host: "s3cr3t" };
  const { resources, deleted } = planOf([{ address: "aws_s3_bucket.b", values, unknown: ["arn"], sensitive, actions }]);
  const [only] = [...resources, ...deleted];
  if (only === undefined) {
    throw new Error("the plan must have a resource");
  }
  return only;
}

describe("a quoted value", () => {
  test("is JSON, or says that it is not set or not known", () => {
    expect(redactedValue(resource(), "url")).toBe('"https://host/path"');
    expect(redactedValue(resource(), "list")).toBe('[{"name":"a","key":"s3cr3t"}]');
    expect(redactedValue(resource(), "other")).toBe("not set");
    expect(redactedValue(resource(), "arn")).toBe("not known before the apply");
  });

  test("is left out where it is sensitive", () => {
    expect(redactedValue(resource(["host"]), "host")).toBe("(sensitive value)");
    expect(redactedText(resource(["host"]), "host", "a part of it")).toBe("(sensitive value)");
    expect(redactedText(resource(), "host", "a part of it")).toBe("a part of it");
  });

  test("is left out where what it is part of is sensitive", () => {
    expect(redactedValue(resource(["list"]), "list.0.name")).toBe("(sensitive value)");
  });

  test("is quoted without its sensitive parts", () => {
    expect(redactedValue(resource(["list.0.key"]), "list")).toBe('[{"name":"a","key":"(sensitive value)"}]');
    expect(redactedValue(resource(["list.0.key"]), "list.0.name")).toBe('"a"');
  });

  test("of a destroyed resource is left out where it was sensitive before", () => {
    expect(redactedValue(resource(["host"], ["delete"]), "host")).toBe("(sensitive value)");
  });

  test.each([
    ["https://host.example.com/path", "https://host.example.com/path"],
    ["https://user:pass@host/path", "https://(user info)@host/path"],
    ["https://token@host", "https://(user info)@host"],
    ["https://host/path?key=s3cr3t", "https://host/path?(removed)"],
    ["https://host/#s3cr3t", "https://host/#(removed)"],
    ["https://a@b@host/?x#y", "https://(user info)@host/?(removed)"],
    ["HTTPS://user:pass@host and https://host?s3cr3t", "HTTPS://(user info)@host and https://host?(removed)"],
    ["arn:aws:s3:::bucket", "arn:aws:s3:::bucket"],
  ])("of %s is %s", (text, expected) => {
    expect(redactUrls(text)).toBe(expected);
  });
});
