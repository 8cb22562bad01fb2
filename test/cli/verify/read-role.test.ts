import { UndeterminedError } from "../../../cli/exit-codes";
import { InterruptedError } from "../../../cli/aws/call";
import { readRole } from "../../../cli/verify/read-role";
import type { Role } from "../../../cli/verify/role";
import { aborted, iamStub, queryAnswer, type Respond } from "../../helpers/aws-stub";

const ARN = "arn:aws:iam::123456789012:role/path/delivery";
const MANAGED = "arn:aws:iam::aws:policy/Managed";
const BOUNDARY = "arn:aws:iam::123456789012:policy/team/Boundary";

const document = (Action: string): string =>
  encodeURIComponent(
    JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] }),
  );
const TRUST = encodeURIComponent(
  JSON.stringify({
    Statement: [{ Effect: "Allow", Principal: { Service: "firehose.amazonaws.com" }, Action: "sts:AssumeRole" }],
  }),
);
const error = (status: number, code: string): { status: number; body: string } => ({
  status,
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
});

/** Requests as `Action name`, and the answers that differ from those of a complete role. */
let calls: string[] = [];
let overrides: Readonly<Record<string, ReturnType<Respond>>> = {};

beforeEach(() => {
  calls = [];
  overrides = {};
});

const respond: Respond = (request) => {
  const form = new URLSearchParams(request.body.toString());
  const action = form.get("Action") ?? "";
  const name = form.get("PolicyName") ?? form.get("PolicyArn") ?? form.get("Marker") ?? form.get("RoleName") ?? "";
  const call = `${action} ${name}`;
  calls.push(call);
  return overrides[call] ?? overrides[action] ?? complete(action, name);
};

function complete(action: string, name: string): { body: string } {
  switch (action) {
    case "GetRole":
      return queryAnswer(action, `<Role><AssumeRolePolicyDocument>${TRUST}</AssumeRolePolicyDocument></Role>`);
    case "ListRolePolicies":
      return name === "more"
        ? queryAnswer(action, "<PolicyNames><member>Second</member></PolicyNames><IsTruncated>false</IsTruncated>")
        : queryAnswer(
            action,
            "<PolicyNames><member>First</member></PolicyNames><IsTruncated>true</IsTruncated><Marker>more</Marker>",
          );
    case "GetRolePolicy":
      return queryAnswer(action, `<PolicyDocument>${document(`s3:${name}`)}</PolicyDocument>`);
    case "ListAttachedRolePolicies":
      return queryAnswer(
        action,
        `<AttachedPolicies><member><PolicyArn>${MANAGED}</PolicyArn></member></AttachedPolicies>`,
      );
    case "GetPolicy":
      return queryAnswer(action, "<Policy><DefaultVersionId>v7</DefaultVersionId></Policy>");
    default:
      return queryAnswer(action, `<PolicyVersion><Document>${document("kms:*")}</Document></PolicyVersion>`);
  }
}

const read = async (own = respond): Promise<Role> => await readRole({ iam: iamStub(own) }, ARN);
const withBoundary = queryAnswer(
  "GetRole",
  `<Role><AssumeRolePolicyDocument>${TRUST}</AssumeRolePolicyDocument><PermissionsBoundary><PermissionsBoundaryArn>${BOUNDARY}</PermissionsBoundaryArn></PermissionsBoundary></Role>`,
);
const textOf = (part: unknown): unknown => (part instanceof UndeterminedError ? part.message : part);
const denied = (action: string): string =>
  `AWS denied iam:${action}. Grant it to the user or role that runs this command.`;

describe("the reading of a role", () => {
  test("has its trust, and the rules of every policy, inline and attached", async () => {
    const { arn, trust, rules, boundary } = await read();
    expect(arn).toBe(ARN);
    expect(trust).toMatchObject([{ policy: "trust policy", effect: "Allow" }]);
    expect(rules).toMatchObject([{ policy: "First" }, { policy: "Second" }, { policy: "Managed" }]);
    expect(boundary).toBeUndefined();
  });

  test("asks for it by its name, without the path, and only once", async () => {
    await read();
    expect(calls.filter((call) => call.startsWith("GetRole "))).toEqual(["GetRole delivery"]);
  });

  test("reads the default version of a managed policy", async () => {
    const versions = new Array<string | null>();
    await read((request) => {
      const form = new URLSearchParams(request.body.toString());
      if (form.get("Action") === "GetPolicyVersion") {
        versions.push(form.get("VersionId"));
      }
      return respond(request);
    });
    expect(versions).toEqual(["v7"]);
  });

  test("has the rules of its permissions boundary", async () => {
    overrides = { GetRole: withBoundary };
    expect((await read()).boundary).toMatchObject([{ policy: "Boundary" }]);
  });

  test("that does not exist has neither trust nor boundary", async () => {
    overrides = { GetRole: error(404, "NoSuchEntity") };
    expect(await read()).toMatchObject({ trust: undefined, boundary: undefined });
  });

  test("has no rules where the role has no policy", async () => {
    overrides = {
      ListRolePolicies: queryAnswer("ListRolePolicies", "<PolicyNames/>"),
      ListAttachedRolePolicies: queryAnswer("ListAttachedRolePolicies", "<AttachedPolicies/>"),
    };
    expect((await read()).rules).toEqual([]);
  });
});

describe("what AWS denies of a role", () => {
  test.each(["ListRolePolicies", "GetRolePolicy", "ListAttachedRolePolicies", "GetPolicy", "GetPolicyVersion"])(
    "leaves its rules undetermined, and its trust known: iam:%s",
    async (action) => {
      overrides = { [action]: error(403, "AccessDenied") };
      const { trust, rules } = await read();
      expect(textOf(rules)).toBe(denied(action));
      expect(trust).toHaveLength(1);
    },
  );

  test("leaves its trust and its boundary undetermined, and its rules known: iam:GetRole", async () => {
    overrides = { GetRole: error(403, "AccessDenied") };
    const { trust, rules, boundary } = await read();
    expect([trust, boundary].map(textOf)).toEqual([denied("GetRole"), denied("GetRole")]);
    expect(rules).toHaveLength(3);
  });

  test("leaves its boundary alone undetermined", async () => {
    overrides = { GetRole: withBoundary, [`GetPolicy ${BOUNDARY}`]: error(403, "AccessDenied") };
    const { trust, rules, boundary } = await read();
    expect(textOf(boundary)).toBe(denied("GetPolicy"));
    expect([trust, rules].map((part) => Array.isArray(part))).toEqual([true, true]);
  });

  test.each(["GetPolicy", "GetPolicyVersion"])(
    "is no rule where a managed policy is deleted meanwhile: iam:%s",
    async (action) => {
      overrides = { [action]: error(404, "NoSuchEntity") };
      expect(textOf((await read()).rules)).toBe(`The policy ${MANAGED} no longer exists. Run the command again.`);
    },
  );
});

test("the reading of a role ends when the command is interrupted", async () => {
  await expect(read(aborted)).rejects.toThrow(InterruptedError);
});
