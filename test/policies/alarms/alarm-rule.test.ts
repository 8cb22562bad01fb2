import { namesAlarm } from "../../../policies/alarms/alarm-rule";

describe("the rule of a composite alarm", () => {
  test.each([
    'ALARM("failing")',
    "ALARM(failing)",
    'NOT ( OK ( "failing" ) )',
    'ALARM("other") OR INSUFFICIENT_DATA(failing)',
    'ALARM("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:failing")',
    "ALARM(arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:failing)",
  ])("names an alarm: %s", (rule) => {
    expect(namesAlarm(rule, "failing")).toBe(true);
  });

  test.each(['ALARM("failing-2")', 'ALARM("not-failing")', "TRUE", "", 'failing OR ALARM("other")'])(
    "does not name it: %s",
    (rule) => {
      expect(namesAlarm(rule, "failing")).toBe(false);
    },
  );

  test("does not treat a character of a name as a pattern", () => {
    expect(namesAlarm("ALARM(a+b)", "a+b")).toBe(true);
    expect(namesAlarm("ALARM(aab)", "a+b")).toBe(false);
  });
});
