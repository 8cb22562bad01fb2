import { AccessDeniedError, InterruptedError } from "../../../cli/aws/call";
import { UndeterminedError } from "../../../cli/exit-codes";
import type { Key } from "../../../cli/verify/key";
import { readKey } from "../../../cli/verify/read-key";
import { aborted, actionOf, firehoseError, jsonAnswer, kmsStub, type Respond } from "../../helpers/aws-stub";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
const LOCATION = { region: "eu-central-1", accountId: "123456789012" };
const POLICY = JSON.stringify({
  Statement: [{ Sid: "Account", Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "kms:*", Resource: "*" }],
});

/** Reads a key, and says which calls were made in which region. */
async function read(
  name: string,
  respond: Respond = (request) =>
    jsonAnswer(actionOf(request) === "GetKeyPolicy" ? { Policy: POLICY } : { KeyMetadata: ENABLED }),
): Promise<{ readonly key: Key; readonly calls: readonly string[] }> {
  const calls = new Array<string>();
  const kms = (region: string) =>
    kmsStub((request) => {
      calls.push(`${region} ${actionOf(request)} ${request.body.toString()}`);
      return respond(request);
    });
  return { key: await readKey({ kms }, name, LOCATION), calls };
}

const ENABLED = { KeyId: "1", Arn: KEY, KeyManager: "CUSTOMER", KeyState: "Enabled" };
const described = (metadata: object): Respond => {
  return (request) => jsonAnswer(actionOf(request) === "DescribeKey" ? { KeyMetadata: metadata } : { Policy: POLICY });
};

describe("the reading of a key", () => {
  test("asks for its state and its policy, in the region of its ARN", async () => {
    const { key, calls } = await read(KEY);
    expect(calls).toEqual([
      `eu-west-1 DescribeKey {"KeyId":"${KEY}"}`,
      `eu-west-1 GetKeyPolicy {"KeyId":"${KEY}","PolicyName":"default"}`,
    ]);
    expect(key).toMatchObject({
      name: KEY,
      arn: KEY,
      state: "Enabled",
      policy: [{ policy: "the key's policy", statement: "statement Account" }],
    });
  });

  test.each(["alias/aws/s3", "arn:aws:kms:eu-west-1:123456789012:alias/aws/s3"])(
    "asks for nothing where AWS manages the key: %s",
    async (name) => {
      expect(await read(name)).toEqual({
        key: { name, arn: undefined, state: undefined, policy: "notRead" },
        calls: [],
      });
    },
  );

  test("finds the key of an alias in the region of what names it", async () => {
    const { key, calls } = await read("alias/backup", described(ENABLED));
    expect(calls).toEqual([
      'eu-central-1 DescribeKey {"KeyId":"alias/backup"}',
      `eu-west-1 GetKeyPolicy {"KeyId":"${KEY}","PolicyName":"default"}`,
    ]);
    expect(key).toMatchObject({ name: "alias/backup", arn: KEY, policy: [{ statement: "statement Account" }] });
  });

  test("asks in the region of an alias that has one", async () => {
    const alias = "arn:aws:kms:us-east-1:123456789012:alias/backup";
    const { calls } = await read(alias, described(ENABLED));
    expect(calls[0]).toBe(`us-east-1 DescribeKey {"KeyId":"${alias}"}`);
  });

  test("does not ask for the policy of a key that AWS manages under an id", async () => {
    const { key, calls } = await read("1234", described({ KeyId: "1234", Arn: KEY, KeyManager: "AWS" }));
    expect(key).toEqual({ name: "1234", arn: undefined, state: undefined, policy: "notRead" });
    expect(calls).toEqual(['eu-central-1 DescribeKey {"KeyId":"1234"}']);
  });

  test("does not ask for the policy of another account's key, which KMS does not show", async () => {
    const foreign = KEY.replace("123456789012", "210987654321");
    expect(await read(foreign)).toEqual({
      key: { name: foreign, arn: foreign, state: undefined, policy: "notRead" },
      calls: [],
    });
  });

  test("tells a key that does not exist, by its ARN and by an alias", async () => {
    const missing: Respond = () => firehoseError(400, "NotFoundException");
    expect((await read(KEY, missing)).key).toEqual({ name: KEY, arn: KEY, state: undefined, policy: undefined });
    expect((await read("alias/backup", missing)).key).toEqual({
      name: "alias/backup",
      arn: undefined,
      state: undefined,
      policy: undefined,
    });
  });

  test("has the state in which it cannot be used", async () => {
    expect((await read(KEY, described({ ...ENABLED, KeyState: "PendingDeletion" }))).key.state).toBe("PendingDeletion");
  });

  test("does not have the state of an alias that leads to another account's key", async () => {
    const foreign = KEY.replace("123456789012", "210987654321");
    const { key, calls } = await read("alias/backup", described({ ...ENABLED, Arn: foreign }));
    expect(key).toEqual({ name: "alias/backup", arn: foreign, state: undefined, policy: "notRead" });
    expect(calls).toEqual(['eu-central-1 DescribeKey {"KeyId":"alias/backup"}']);
  });

  test("has its policy where its state is denied", async () => {
    const { key } = await read(KEY, (request) =>
      actionOf(request) === "DescribeKey"
        ? firehoseError(400, "AccessDeniedException")
        : jsonAnswer({ Policy: POLICY }),
    );
    expect(key).toMatchObject({
      state: new AccessDeniedError("AWS denied kms:DescribeKey. Grant it to the user or role that runs this command."),
      policy: [{ statement: "statement Account" }],
    });
  });

  test("names the permission that is missing", async () => {
    const denied: Respond = () => firehoseError(400, "AccessDeniedException");
    expect((await read(KEY, denied)).key.policy).toEqual(
      new AccessDeniedError("AWS denied kms:GetKeyPolicy. Grant it to the user or role that runs this command."),
    );
    expect((await read("alias/backup", denied)).key.policy).toEqual(
      new AccessDeniedError("AWS denied kms:DescribeKey. Grant it to the user or role that runs this command."),
    );
  });

  test("quotes nothing of a policy that is not understood", async () => {
    const { key } = await read(KEY, (request) =>
      jsonAnswer(actionOf(request) === "DescribeKey" ? { KeyMetadata: ENABLED } : { Policy: '{"Statement": "s3cr3t' }),
    );
    expect(key.policy).toEqual(
      new UndeterminedError(
        "The document of the key's policy cannot be parsed: The policy document must be JSON. Correct its syntax.",
      ),
    );
  });

  test("ends with the command", async () => {
    await expect(read(KEY, aborted)).rejects.toThrow(new InterruptedError());
  });
});
