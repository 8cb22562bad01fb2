import { logsPrincipals, partitionOfRegion, viaServiceNames } from "../../iam/partitions";
import { globalName, logsRegionOf, principalOf, trustedServiceOf } from "../../iam/trusted-services";

test.each<[region: string, partition: string]>([
  ["eu-west-1", "aws"],
  ["us-east-1", "aws"],
  ["ap-southeast-2", "aws"],
  ["cn-north-1", "aws-cn"],
  ["us-gov-west-1", "aws-us-gov"],
  ["us-iso-east-1", "aws-iso"],
  ["us-isob-east-1", "aws-iso-b"],
  ["eu-isoe-west-1", "aws-iso-e"],
  ["us-isof-south-1", "aws-iso-f"],
  ["eusc-de-east-1", "aws-eusc"],
])("the region %s is in the partition %s", (region, partition) => {
  expect(partitionOfRegion(region)).toBe(partition);
});

test("CloudWatch Logs and endpoints have the names of the partition, or of every partition", () => {
  expect(logsPrincipals("aws-cn")).toEqual(["logs.amazonaws.com.cn", "logs.amazonaws.com"]);
  const all = ["logs.amazonaws.com", "logs.amazonaws.com.cn", "logs.c2s.ic.gov", "logs.sc2s.sgov.gov"];
  expect(logsPrincipals(undefined)).toEqual(all);
  expect(logsPrincipals("aws-new")).toEqual(all);
  expect(viaServiceNames("s3", "eu-west-1", "aws")).toEqual(["s3.eu-west-1.amazonaws.com"]);
  expect(viaServiceNames("s3", "r", undefined)).toEqual([
    ...["s3.r.amazonaws.com", "s3.r.amazonaws.com.cn", "s3.r.c2s.ic.gov", "s3.r.sc2s.sgov.gov"],
    ...["s3.r.cloud.adc-e.uk", "s3.r.csp.hci.ic.gov", "s3.r.amazonaws.eu"],
  ]);
});

test.each<[principal: string, partition: string | undefined, service: string | undefined]>([
  ["Service:firehose.amazonaws.com", "aws", "firehose"],
  ["Service:firehose.amazonaws.com", "aws-cn", "firehose"],
  ["Service:logs.amazonaws.com", "aws", "logs"],
  ["Service:logs.eu-west-1.amazonaws.com", "aws", "logs"],
  ["Service:logs.amazonaws.com.cn", "aws", undefined],
  ["Service:logs.amazonaws.com.cn", "aws-cn", "logs"],
  ["Service:logs.amazonaws.com.cn", undefined, "logs"],
  ["Service:lambda.amazonaws.com", undefined, undefined],
  ["Service:logs.amazonaws.com.example.com", undefined, undefined],
  ["Service:logs.amazonaws.com\n", undefined, undefined],
  ["AWS:logs.amazonaws.com", undefined, undefined],
  ["AWS:Service:logs.amazonaws.com", undefined, undefined],
  ["*", undefined, undefined],
])("the trusted service behind %s in the partition %s is %s", (principal, partition, service) => {
  expect(trustedServiceOf(principal, partition)).toBe(service);
});

test("the principals of the trusted services are those of the partition", () => {
  expect(principalOf("firehose", undefined)).toBe("firehose.amazonaws.com");
  expect(principalOf("logs", "aws")).toBe("logs.amazonaws.com");
  expect(principalOf("logs", "aws-cn")).toBe("logs.amazonaws.com.cn");
});

test.each<[host: string, name: string, region: string | undefined]>([
  ["logs.eu-west-1.amazonaws.com", "logs.amazonaws.com", "eu-west-1"],
  ["logs.us-gov-west-1.amazonaws.com", "logs.amazonaws.com", "us-gov-west-1"],
  ["logs.cn-north-1.amazonaws.com.cn", "logs.amazonaws.com.cn", "cn-north-1"],
  ["logs.amazonaws.com", "logs.amazonaws.com", undefined],
  ["firehose.eu-west-1.amazonaws.com", "firehose.eu-west-1.amazonaws.com", undefined],
  ["my-logs.eu-west-1.amazonaws.com", "my-logs.eu-west-1.amazonaws.com", undefined],
])("the name %s without its region is %s", (host, name, region) => {
  expect([globalName(host), logsRegionOf(`Service:${host}`)]).toEqual([name, region]);
});
