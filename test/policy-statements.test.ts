import { deliveryTrustStatements, metricStreamTrustStatements, tlsOnlyStatements } from "../modules/policy-statements";

describe("the statements of the module's policies", () => {
  test("let Firehose and CloudWatch Logs assume the delivery role on behalf of the account only", () => {
    const location = { accountId: "123456789012", partition: "aws-cn", logsServicePrincipal: "logs.amazonaws.com.cn" };
    expect(deliveryTrustStatements(location)).toEqual([
      {
        sid: "Firehose",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["firehose.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "sts:ExternalId", values: ["123456789012"] }],
      },
      {
        sid: "CloudWatchLogs",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["logs.amazonaws.com.cn"] }],
        condition: [{ test: "StringLike", variable: "aws:SourceArn", values: ["arn:aws-cn:logs:*:123456789012:*"] }],
      },
    ]);
  });

  test("let CloudWatch metric streams assume their role on behalf of the account only", () => {
    expect(metricStreamTrustStatements({ accountId: "123456789012" })).toEqual([
      {
        sid: "CloudWatchMetricStreams",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["streams.metrics.cloudwatch.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "aws:SourceAccount", values: ["123456789012"] }],
      },
    ]);
  });

  test("deny the bucket and its objects to requests without TLS", () => {
    expect(tlsOnlyStatements("arn:aws:s3:::failures")).toEqual([
      {
        sid: "DenyWithoutTls",
        effect: "Deny",
        principals: [{ type: "*", identifiers: ["*"] }],
        actions: ["s3:*"],
        resources: ["arn:aws:s3:::failures", "arn:aws:s3:::failures/*"],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ]);
  });
});
