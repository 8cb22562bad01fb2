import { readAdoptableRole } from "../../../cli/adopt/read-role";
import { iamStub, queryError, type Respond } from "../../helpers/aws-stub";

const ARN = "arn:aws:iam::123456789012:role/a/telemetry";
const TRUST = encodeURIComponent(
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: "firehose.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
);
const xml = (action: string, result: string) => ({
  headers: { "content-type": "text/xml" },
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});
const ANSWERS: Readonly<Record<string, (marker: string | null) => string>> = {
  GetRole: () =>
    `<Role><Description>Mine</Description><MaxSessionDuration>43200</MaxSessionDuration><Arn>${ARN}</Arn><Path>/a/</Path><AssumeRolePolicyDocument>${TRUST}</AssumeRolePolicyDocument><PermissionsBoundary><PermissionsBoundaryArn>boundary</PermissionsBoundaryArn></PermissionsBoundary></Role>`,
  ListRolePolicies: (marker) =>
    marker === null
      ? "<PolicyNames><member>one</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>next</Marker>"
      : "<PolicyNames><member>two</member></PolicyNames>",
  ListAttachedRolePolicies: () =>
    "<AttachedPolicies><member><PolicyName>p</PolicyName><PolicyArn>managed</PolicyArn></member></AttachedPolicies>",
  ListRoleTags: () => "<Tags><member><Key>team</Key><Value>x</Value></member></Tags>",
};

const readWith = async (overrides: Readonly<Record<string, ReturnType<Respond>>> = {}) =>
  await readAdoptableRole(
    {
      iam: iamStub(async ({ body }) => {
        const form = new URLSearchParams(body.toString());
        const action = form.get("Action") ?? "";
        return (await overrides[action]) ?? xml(action, ANSWERS[action]?.(form.get("Marker")) ?? "");
      }),
    },
    ARN,
  );

describe("a role", () => {
  test("is read with its policies, page by page, and its tags", async () => {
    expect(await readWith()).toMatchObject({
      arn: ARN,
      name: "telemetry",
      path: "/a/",
      permissionsBoundaryArn: "boundary",
      description: "Mine",
      maxSessionSeconds: 43200,
      inlinePolicies: ["one", "two"],
      attachedPolicies: ["managed"],
      tags: { team: "x" },
      trust: [{ principals: { negated: false, ids: [{ type: "Service", id: "firehose.amazonaws.com" }] } }],
    });
  });

  test("without a description has the session duration of IAM's default", async () => {
    const role = `<Role><Arn>${ARN}</Arn></Role>`;
    expect(await readWith({ GetRole: xml("GetRole", role) })).toMatchObject({
      description: "",
      maxSessionSeconds: 3600,
    });
  });

  test("that does not exist is none", async () => {
    expect(await readWith({ GetRole: queryError(404, "NoSuchEntity") })).toBeUndefined();
  });

  test.each(["GetRole", "ListRolePolicies", "ListAttachedRolePolicies", "ListRoleTags"])(
    "is undetermined where AWS denies iam:%s",
    async (action) => {
      await expect(readWith({ [action]: queryError(403, "AccessDenied") })).rejects.toThrow(
        `AWS denied iam:${action}. Grant it to the user or role that runs this command.`,
      );
    },
  );
});
