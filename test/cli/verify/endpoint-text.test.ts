import { endpointText } from "../../../cli/verify/endpoint-text";

describe("the endpoint of a subscription in a report", () => {
  test.each([
    ["email", "alice.smith@example.com", "a…@example.com"],
    ["email-json", "alice@mail.example.com", "a…@mail.example.com"],
    ["email", '"a@b"@example.com', '"…@example.com'],
    ["email", "@example.com", "…@example.com"],
    ["sms", "+491701234567", "…67"],
    [
      "https",
      "https://user:s3cret@hooks.example.com:8443/T0/s3cret?key=s3cret#s3cret",
      "https://hooks.example.com:8443/…",
    ],
    ["http", "http://hooks.example.com/s3cret", "http://hooks.example.com/…"],
    ["https", "s3cret", "https:///…"],
    ["sqs", "arn:aws:sqs:eu-west-1:123456789012:alarms", "arn:aws:sqs:eu-west-1:123456789012:alarms"],
    ["lambda", "arn:aws:lambda:eu-west-1:123456789012:function:f", "arn:aws:lambda:eu-west-1:123456789012:function:f"],
    ["application", "arn:aws:sns:eu-west-1:123456789012:endpoint/APNS/app/s3cret", "an endpoint of application"],
    ["", "s3cret", "an endpoint of an unknown protocol"],
  ])("of %s is masked: %s", (protocol, endpoint, text) => {
    expect(endpointText(protocol, endpoint)).toBe(text);
    expect(text).not.toContain("s3cret");
  });

  test("of an e-mail address has none of its name but the first letter", () => {
    expect(endpointText("email", "alice\n.smith@example.com")).toBe("a…@example.com");
  });

  test("without an at sign shows nothing of it", () => {
    expect(endpointText("email", "alice")).toBe("…");
  });
});
