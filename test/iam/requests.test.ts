import type { ContextValue } from "../../iam/context";
import { type AwsLocation, requestByRole, type RoleRequest } from "../../iam/request";
import { SEGMENT } from "../../iam/text";
import { anySourceArn, requestByService, serviceNames, serviceRequest } from "../../iam/trust";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, FOREIGN, LOCATION, OBJECT, ROLE_ARN } from "./tables";

const NOWHERE: AwsLocation = { partition: UNKNOWN, region: UNKNOWN, accountId: UNKNOWN };
const LOGS_ARN = `arn:aws:logs:eu-west-1:${FOREIGN}:log-group:app`;

describe("the request of a service that assumes a role", () => {
  const OF_SERVICE = [
    ["aws:securetransport", ["true"]],
    ["aws:principalisawsservice", ["true"]],
    ["aws:viaawsservice", ["false"]],
    ["aws:multifactorauthpresent", "absent"],
    ["aws:federatedprovider", "absent"],
  ] as const;

  test("has its name, and the keys that it is called with", () => {
    expect(serviceRequest(["lambda.amazonaws.com"], [["aws:sourceaccount", [ACCOUNT]]])).toEqual({
      action: "sts:AssumeRole",
      resource: UNKNOWN,
      principal: { kind: "service", names: ["lambda.amazonaws.com"] },
      context: new Map<string, unknown>([
        ...OF_SERVICE,
        ["aws:principalservicename", ["lambda.amazonaws.com"]],
        ["aws:sourceaccount", [ACCOUNT]],
      ]),
    });
  });

  test("of Firehose has the account as external id, and the account and ARN of its stream", () => {
    const sourceArn = `arn:aws:firehose:eu-west-1:${FOREIGN}:deliverystream/s`;
    const request = requestByService("firehose", { location: LOCATION, accountId: FOREIGN, sourceArn });
    expect(request.principal).toEqual({ kind: "service", names: ["firehose.amazonaws.com"] });
    expect(request.context).toEqual(
      new Map<string, unknown>([
        ...OF_SERVICE,
        ["aws:principalservicename", ["firehose.amazonaws.com"]],
        ["sts:externalid", [FOREIGN]],
        ["aws:sourceaccount", [FOREIGN]],
        ["aws:sourcearn", [sourceArn]],
        ["aws:resourceaccount", [ACCOUNT]],
      ]),
    );
  });

  test("of CloudWatch Logs has no external id, and either of two names", () => {
    const request = requestByService("logs", { location: LOCATION, accountId: FOREIGN, sourceArn: LOGS_ARN });
    expect(request.principal).toEqual({
      kind: "service",
      names: ["logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"],
    });
    expect(request.context).toEqual(
      new Map<string, unknown>([
        ...OF_SERVICE,
        ["aws:principalservicename", [UNKNOWN]],
        ["sts:externalid", "absent"],
        ["aws:sourceaccount", [FOREIGN]],
        ["aws:sourcearn", [LOGS_ARN]],
        ["aws:resourceaccount", [ACCOUNT]],
      ]),
    );
  });

  test("that does not say what it works for has neither account nor ARN of a source", () => {
    const { context } = requestByService("firehose", { location: LOCATION, accountId: FOREIGN, sourceArn: undefined });
    expect([context.get("aws:sourceaccount"), context.get("aws:sourcearn")]).toEqual(["absent", "absent"]);
  });
});

describe("the names of a service", () => {
  test("are those of all regions and of the region, in the partition", () => {
    expect(serviceNames("firehose", LOCATION)).toEqual(["firehose.amazonaws.com"]);
    expect(serviceNames("logs", LOCATION)).toEqual(["logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"]);
    expect(serviceNames("logs", { ...LOCATION, partition: "aws-cn", region: "cn-north-1" })).toEqual([
      "logs.amazonaws.com.cn",
      "logs.cn-north-1.amazonaws.com.cn",
      "logs.amazonaws.com",
      "logs.cn-north-1.amazonaws.com",
    ]);
  });

  test("have any region where it is not known", () => {
    expect(serviceNames("logs", { ...LOCATION, region: UNKNOWN })).toEqual([
      "logs.amazonaws.com",
      ["logs.", SEGMENT, ".amazonaws.com"],
    ]);
  });

  test("are those of every partition where it is not known", () => {
    expect(serviceNames("firehose", NOWHERE)).toEqual(["firehose.amazonaws.com"]);
    expect(serviceNames("logs", { ...NOWHERE, region: "r" })).toEqual([
      ...["logs.amazonaws.com", "logs.r.amazonaws.com", "logs.amazonaws.com.cn", "logs.r.amazonaws.com.cn"],
      ...["logs.c2s.ic.gov", "logs.r.c2s.ic.gov", "logs.sc2s.sgov.gov", "logs.r.sc2s.sgov.gov"],
    ]);
  });
});

test("the ARN of any stream or log group has the location, and any name without a colon", () => {
  expect(anySourceArn("firehose", LOCATION, FOREIGN)).toEqual([
    ...["arn:", "aws", ":firehose:", "eu-west-1", ":", FOREIGN, ":deliverystream/", SEGMENT],
  ]);
  expect(anySourceArn("logs", NOWHERE, UNKNOWN)).toEqual([
    ...["arn:", SEGMENT, ":logs:", SEGMENT, ":", SEGMENT, ":log-group:", SEGMENT],
  ]);
});

describe("the request of a role", () => {
  const asked: RoleRequest = { action: "s3:PutObject", resource: OBJECT, roleArn: ROLE_ARN, location: LOCATION };
  const decrypt: RoleRequest = { ...asked, action: "kms:Decrypt" };
  const OF_ROLE = [
    ["aws:securetransport", ["true"]],
    ["aws:principalarn", [ROLE_ARN]],
    ["aws:principalaccount", [ACCOUNT]],
    ["aws:principaltype", ["AssumedRole"]],
    ["aws:principalisawsservice", ["false"]],
    ["aws:principalservicename", "absent"],
    ["aws:principalservicenameslist", "absent"],
    ["aws:sourcearn", "absent"],
    ["aws:sourceaccount", "absent"],
    ["aws:sourceorgid", "absent"],
    ["aws:sourceorgpaths", "absent"],
    ["aws:resourceaccount", [UNKNOWN]],
    ["aws:requestedregion", [UNKNOWN]],
  ] as const;

  test("has the keys of a role, and none of a service", () => {
    expect(requestByRole(asked)).toEqual({
      action: "s3:PutObject",
      resource: OBJECT,
      principal: { kind: "role", arn: ROLE_ARN, accountId: ACCOUNT },
      context: new Map<string, unknown>(OF_ROLE),
    });
  });

  test("has the account of the resource, and other keys in lower case", () => {
    const { context } = requestByRole({ ...asked, resourceAccount: FOREIGN, context: [["S3:Prefix", ["a"]]] });
    expect(context).toEqual(
      new Map<string, unknown>([...OF_ROLE, ["aws:resourceaccount", [FOREIGN]], ["s3:prefix", ["a"]]]),
    );
  });

  test("for a KMS key has the caller's account, whatever the case of the action", () => {
    expect(requestByRole(decrypt).context.get("kms:calleraccount")).toEqual([ACCOUNT]);
    expect(requestByRole({ ...asked, action: "KMS:Decrypt" }).context.get("kms:calleraccount")).toEqual([ACCOUNT]);
    expect(requestByRole(decrypt).context.has("kms:viaservice")).toBe(false);
    expect(requestByRole({ ...asked, action: "x:kms:y" }).context.has("kms:calleraccount")).toBe(false);
  });

  const viaService = (region: Planned<string>, partition: Planned<string>): ContextValue | undefined =>
    requestByRole({ ...decrypt, location: { ...LOCATION, partition }, via: { service: "s3", region } }).context.get(
      "kms:viaservice",
    );

  test("for a KMS key has the endpoint of the service that uses it", () => {
    expect(viaService("eu-west-1", "aws")).toEqual(["s3.eu-west-1.amazonaws.com"]);
    expect(viaService("cn-north-1", "aws-cn")).toEqual(["s3.cn-north-1.amazonaws.com.cn"]);
  });

  test("has the endpoint as far as region and partition are known", () => {
    expect(viaService(UNKNOWN, "aws")).toEqual([["s3.", UNKNOWN]]);
    expect(viaService("eu-west-1", UNKNOWN)).toEqual([["s3.eu-west-1.", UNKNOWN]]);
  });
});
