import { endpointOfUrl, parseEndpoint, endpointName } from "../../../cli/probe/endpoint";
import { run } from "../../helpers/run-probe";

describe("the host", () => {
  test.each([
    ["ingester.example.com", "ingester.example.com", 443],
    ["203.0.113.7", "203.0.113.7", 443],
    ["localhost:8443", "localhost", 8443],
    ["203.0.113.7:65535", "203.0.113.7", 65535],
    ["https://ingester.example.com", "ingester.example.com", 443],
    ["https://ingester.example.com/ingester/kinesis/metrics", "ingester.example.com", 443],
    ["HTTPS://ingester.example.com:8443/ingester/kinesis/logs?a=b#c", "ingester.example.com", 8443],
    ["http://ingester.example.com", "ingester.example.com", 443],
    ["ingester.example.com/ingester/kinesis/logs", "ingester.example.com", 443],
  ])("%s is read", (text, hostname, port) => {
    expect(parseEndpoint(text)).toEqual({ hostname, port });
  });

  test.each([
    "",
    "https://",
    "ftp://ingester.example.com",
    "https://<kloudfuse-ingester-host>/ingester/kinesis/metrics",
    "ingester.example.com:",
    "ingester.example.com:0",
    "ingester.example.com:65536",
    "ingester.example.com:443:443",
    "<kloudfuse-ingester-host>",
    "256.1.1.1",
    "::1",
    "in gester",
    "-ingester.example.com",
  ])("%p is refused with the rule, what was received and what to do", async (text) => {
    await expect(run(text)).rejects.toThrow(
      `host must be a DNS name or an IPv4 address, with :port if the port is not 443, or a URL with them, got "${text}". ` +
        "Enter the ingester's host, such as ingester.example.com.",
    );
  });

  test.each([
    "https://user:pa55word@ingester.example.com",
    "https://user:pa55word@ingester.example.com/ingester/kinesis/logs",
    "https://user:pa55word/with@slash@ingester.example.com",
  ])("is refused without the password in it: %p", (text) => {
    expect(() => parseEndpoint(text)).toThrow(/got "https:\/\/\*\*\*@ingester/);
    expect(() => parseEndpoint(text)).not.toThrow(/pa55word/);
  });
});

describe("the endpoint behind a URL", () => {
  test.each([
    ["https://ingester.example.com/path", "ingester.example.com:443"],
    ["https://ingester.example.com:8443/path", "ingester.example.com:8443"],
    ["https://[2606:4700::1111]/path", "2606:4700::1111:443"],
  ])("of %s is %s", (url, name) => {
    expect(endpointName(endpointOfUrl(new URL(url)))).toBe(name);
  });
});
