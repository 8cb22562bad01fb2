import { AccessDeniedError } from "../../../cli/aws/call";
import { readSecret } from "../../../cli/verify/read-secret";
import { SECRET_ARN } from "../../helpers/account";
import { actionOf, firehoseError, jsonAnswer, type Respond, secretsManagerStub } from "../../helpers/aws-stub";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/1";
const POLICY = JSON.stringify({
  Statement: [{ Effect: "Deny", Principal: "*", Action: "secretsmanager:GetSecretValue", Resource: "*" }],
});

const read = (respond: Respond) => readSecret({ secretsManager: secretsManagerStub(respond) }, SECRET_ARN);

describe("the reading of a secret", () => {
  test("has its key and the statements of its policy, and never asks for its value", async () => {
    const calls = new Array<string>();
    const secret = await read((request) => {
      calls.push(`${actionOf(request)} ${request.body.toString()}`);
      return jsonAnswer(actionOf(request) === "DescribeSecret" ? { KmsKeyId: KEY } : { ResourcePolicy: POLICY });
    });
    expect(secret).toMatchObject({
      arn: SECRET_ARN,
      description: { keyName: KEY },
      policy: [{ effect: "Deny", policy: "the secret's policy", statement: "statement 1" }],
    });
    expect(calls.sort()).toEqual([
      `DescribeSecret {"SecretId":"${SECRET_ARN}"}`,
      `GetResourcePolicy {"SecretId":"${SECRET_ARN}"}`,
    ]);
  });

  test("has no key where AWS manages it, and no statement without a policy", async () => {
    expect(await read(() => jsonAnswer({ Name: "kloudfuse" }))).toEqual({
      arn: SECRET_ARN,
      description: { keyName: undefined },
      policy: [],
    });
  });

  test("tells a secret that does not exist", async () => {
    expect(await read(() => firehoseError(400, "ResourceNotFoundException"))).toEqual({
      arn: SECRET_ARN,
      description: undefined,
      policy: undefined,
    });
  });

  test("names each permission that is missing, and has what the other call answers", async () => {
    const deny =
      (action: string): Respond =>
      (request) =>
        actionOf(request) === action ? firehoseError(400, "AccessDeniedException") : jsonAnswer({ KmsKeyId: KEY });
    const denied = (action: string): AccessDeniedError =>
      new AccessDeniedError(
        `AWS denied secretsmanager:${action}. Grant it to the user or role that runs this command.`,
      );
    expect(await read(deny("DescribeSecret"))).toEqual({
      arn: SECRET_ARN,
      description: denied("DescribeSecret"),
      policy: [],
    });
    expect(await read(deny("GetResourcePolicy"))).toEqual({
      arn: SECRET_ARN,
      description: { keyName: KEY },
      policy: denied("GetResourcePolicy"),
    });
  });
});
