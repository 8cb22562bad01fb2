import { type FakeResponse, xmlResponse } from "./fake-response";

/**
 * STS as far as a fleet needs it: the access key of a role's credentials is the number of its account, with which the
 * caller's identity is answered.
 */
export function respondAsSts(body: Buffer, authorization: string): FakeResponse {
  const request = new URLSearchParams(body.toString());
  if (request.get("Action") === "AssumeRole") {
    const account = /^arn:aws:iam::(\d{12}):role\//.exec(request.get("RoleArn") ?? "")?.[1] ?? "";
    const expiration = new Date(Date.now() + 3_600_000).toISOString();
    return xmlResponse(
      `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>${account}</AccessKeyId><SecretAccessKey>test</SecretAccessKey><SessionToken>test</SessionToken><Expiration>${expiration}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`,
    );
  }
  const account = /Credential=(\d{12})\//.exec(authorization)?.[1] ?? "";
  return xmlResponse(
    `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
  );
}
