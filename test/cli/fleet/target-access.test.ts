import { AccessDeniedError, UnrecoverableError } from "../../../cli/aws/call";
import { type AwsAccess, requestHandlerOf } from "../../../cli/aws/settings";
import { UndeterminedError, UnusableInput } from "../../../cli/exit-codes";
import { targetAccess } from "../../../cli/fleet/target-access";
import type { FleetTarget } from "../../../fleet";
import { type AwsServer, startAwsServer } from "../../helpers/aws-server";
import type { StubResponse } from "../../helpers/aws-stub";
import { fleetTarget } from "../../helpers/fleet";

const ACCOUNT = "111122223333";
const ROLE = `arn:aws:iam::${ACCOUNT}:role/Deployer`;
const WITH_ROLE = fleetTarget({ assumeRole: ROLE, externalId: "fleet" });

const error = (status: number, code: string): StubResponse => ({
  status,
  body: `<ErrorResponse><Error><Code>${code}</Code><Message>from the server</Message></Error></ErrorResponse>`,
});

describe("the access to a target", () => {
  let aws: AwsServer;
  let requests: URLSearchParams[];
  let keys: string[];
  let account: string;
  let minutesValid: number;
  let failures: Readonly<Record<string, StubResponse>>;

  beforeEach(async () => {
    [requests, keys, account, minutesValid, failures] = [[], [], ACCOUNT, 60, {}];
    aws = await startAwsServer(({ body, headers }) => {
      const request = new URLSearchParams(body.toString());
      requests.push(request);
      keys.push(/Credential=(\w+)\//.exec(headers["authorization"] ?? "")?.[1] ?? "");
      return failures[request.get("Action") ?? ""] ?? { body: answerTo(request.get("Action")) };
    });
  });

  afterEach(async () => {
    await aws.close();
  });

  const answerTo = (action: string | null): string =>
    action === "AssumeRole"
      ? `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE${requests.length}</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>token</SessionToken><Expiration>${new Date(Date.now() + minutesValid * 60_000).toISOString()}</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`
      : `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;

  const access = async (target: FleetTarget, profile?: string): Promise<AwsAccess> => {
    const abortSignal = new AbortController().signal;
    const requestHandler = requestHandlerOf(abortSignal);
    return await targetAccess(target, { requestHandler, ...(profile === undefined ? {} : { profile }) }, abortSignal);
  };
  const actions = (): (string | null)[] => requests.map((request) => request.get("Action"));

  test("is the command's own where the file has no role", async () => {
    const { region, credentials } = await access(fleetTarget({ region: "us-east-1" }));
    expect({ region, credentials }).toEqual({ region: "us-east-1", credentials: undefined });
    expect(actions()).toEqual(["GetCallerIdentity"]);
    expect(keys).toEqual(["AKIDEXAMPLE"]);
  });

  test("is that of the role, with the external id, in a session of the command's name", async () => {
    const { credentials } = await access(WITH_ROLE);
    expect(await credentials?.()).toMatchObject({
      accessKeyId: "ASIAROLE1",
      secretAccessKey: "secret",
      sessionToken: "token",
    });
    expect(Object.fromEntries(requests[0] ?? [])).toMatchObject({
      Action: "AssumeRole",
      RoleArn: ROLE,
      RoleSessionName: "kloudfuse-firehose",
      ExternalId: "fleet",
    });
    expect(keys).toEqual(["AKIDEXAMPLE", "ASIAROLE1"]);
  });

  test("assumes the role without an external id where the file has none", async () => {
    await access(fleetTarget({ assumeRole: ROLE }));
    expect(requests[0]?.has("ExternalId")).toBe(false);
  });

  test.each([
    [6, []],
    [4, ["AssumeRole", "AssumeRole"]],
  ])("of credentials that are valid for %i more minutes needs for two calls %j", async (minutes, expected) => {
    minutesValid = minutes;
    const { credentials } = await access(WITH_ROLE);
    requests.length = 0;
    await credentials?.();
    await credentials?.();
    expect(actions()).toEqual(expected);
  });

  test("is none where the role cannot be assumed: the error names it, and what to do", async () => {
    failures = { AssumeRole: error(403, "AccessDenied") };
    await expect(access(WITH_ROLE)).rejects.toEqual(
      new AccessDeniedError(
        `AWS denied sts:AssumeRole on ${ROLE}. Grant it to the user or role that runs this command, and let the role's trust policy allow it, with the external_id of the fleet file.`,
      ),
    );
    expect(actions()).toEqual(["AssumeRole"]);
    await expect(access(fleetTarget({ assumeRole: ROLE }))).rejects.toThrow(/let the role's trust policy allow it\.$/);
  });

  test("is none where AWS refuses the credentials of the command", async () => {
    failures = { AssumeRole: error(403, "ExpiredToken") };
    await expect(access(WITH_ROLE)).rejects.toThrow(
      new UnrecoverableError(
        "AWS refused the credentials at sts:AssumeRole (ExpiredToken). Renew them, for example with aws sso login, and run the command again.",
      ),
    );
  });

  test("is none where AWS answers without credentials", async () => {
    failures = { AssumeRole: { body: "<AssumeRoleResponse><AssumeRoleResult/></AssumeRoleResponse>" } };
    await expect(access(WITH_ROLE)).rejects.toThrow(
      new UndeterminedError(`AWS returned no credentials for the role ${ROLE}.`),
    );
  });

  test("is none with credentials of another account: they would show that one's streams", async () => {
    account = "999988887777";
    await expect(access(fleetTarget())).rejects.toEqual(
      new UndeterminedError(
        `The credentials belong to account 999988887777, not to ${ACCOUNT}. Set assume_role in the fleet file, or use credentials of the account with --profile and --account.`,
      ),
    );
    await expect(access(WITH_ROLE)).rejects.toEqual(
      new UndeterminedError(
        `The credentials belong to account 999988887777, not to ${ACCOUNT}. Correct the role to assume.`,
      ),
    );
  });

  test("is none where AWS does not say of which account the credentials are", async () => {
    failures = { GetCallerIdentity: { body: "<GetCallerIdentityResponse/>" } };
    await expect(access(fleetTarget())).rejects.toThrow(/^The credentials belong to account undetermined, not to/);
  });

  test("is none with a profile that is not configured", async () => {
    await expect(access(WITH_ROLE, "missing")).rejects.toThrow(UnusableInput);
    expect(requests).toEqual([]);
  });
});
