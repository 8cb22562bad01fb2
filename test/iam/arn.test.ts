import { isArn, isKeyArn, isTopicArn, keyRegion, lastPart, parseArn } from "../../iam/arn";

const KEY = "arn:aws:kms:eu-west-1:111122223333:key/1234";
const ALIAS = "arn:aws:kms:eu-west-1:111122223333:alias/telemetry";
const TOPIC = "arn:aws-us-gov:sns:us-gov-west-1:111122223333:alarms";
const BUCKET = "arn:aws-cn:s3:::failed";

describe("an ARN", () => {
  test("has five parts after its prefix, the last of which may contain colons", () => {
    expect(parseArn("arn:aws:logs:eu-west-1:111122223333:log-group:kloudfuse:*")).toEqual({
      partition: "aws",
      service: "logs",
      region: "eu-west-1",
      account: "111122223333",
      resource: "log-group:kloudfuse:*",
    });
  });

  test("has neither region nor account where the service has none", () => {
    expect(parseArn(BUCKET)).toEqual({
      partition: "aws-cn",
      service: "s3",
      region: "",
      account: "",
      resource: "failed",
    });
  });

  test("is a pattern too, whose last parts may be missing", () => {
    expect(parseArn("arn:aws:*")).toEqual({ partition: "aws", service: "*", region: "", account: "", resource: "" });
  });

  test.each([
    "",
    "*",
    "arn",
    "arn:aws",
    "s3://failed",
    "arn::s3:::failed",
    "an arn:aws:s3:::failed",
    "alias/telemetry",
  ])("is not %j", (text) => {
    expect(parseArn(text)).toBeUndefined();
    expect(isArn(text)).toBe(false);
  });

  test("is a text", () => {
    expect([KEY, 1, undefined].map(isArn)).toEqual([true, false, false]);
  });

  test.each([
    ["arn:aws:iam::111122223333:role/path/telemetry", "telemetry"],
    [TOPIC, "alarms"],
    ["alias/telemetry", "telemetry"],
    ["telemetry", "telemetry"],
  ])("%s ends with the name %s", (arn, name) => {
    expect(lastPart(arn)).toBe(name);
  });
});

test.each([
  [KEY, true],
  [ALIAS, false],
  ["1234", false],
  ["arn:aws:s3:::key/1234", false],
])("%s is the ARN of a key: %j", (text, expected) => {
  expect(isKeyArn(text)).toBe(expected);
});

test.each([
  [KEY, "eu-west-1"],
  [ALIAS, "eu-west-1"],
  ["arn:aws:kms:::key/1234", undefined],
  [TOPIC, undefined],
  ["1234", undefined],
])("%s names a key in the region %j", (text, expected) => {
  expect(keyRegion(text)).toBe(expected);
});

test.each([
  [TOPIC, true],
  [KEY, false],
  ["alarms", false],
])("%s is the ARN of a topic: %j", (text, expected) => {
  expect(isTopicArn(text)).toBe(expected);
});
