import { accessKeyPart } from "../../../cli/adopt/access-key";
import { parseModuleAddress } from "../../../cli/adopt/module-address";
import { SECRET_ARN } from "../../helpers/account";
import { decisionsWith, guideStream, inventoryWith, linesOf } from "../../helpers/adoption";

const withSecret = (secretArn: string | undefined) => ({ destination: { secretArn } });

describe("the access key", () => {
  test("is an open decision, because AWS does not show whether there is one", () => {
    const { items = [] } = accessKeyPart(inventoryWith(), decisionsWith({ accessKey: undefined }));
    expect(linesOf({ items })).toEqual([
      "decide streams: access key: AWS does not show whether the streams have an access key, and the module sets it from its inputs",
    ]);
    expect(items[0]?.remedy).toContain("--access-key: provided");
  });

  test("of no stream is no decision", () => {
    expect(accessKeyPart(inventoryWith({ streams: [] }), decisionsWith({ accessKey: undefined }))).toEqual({});
  });

  test("that the user passes is in no file", () => {
    const decisions = decisionsWith({ accessKey: { kind: "provided" } });
    const part = accessKeyPart(inventoryWith(), decisions);
    expect(part.inputs).toBeUndefined();
    expect(part.items?.[0]?.remedy).toBe("Set TF_VAR_access_key in the environment of every plan and apply.");
    const module = parseModuleAddress("module.kloudfuse");
    expect(accessKeyPart(inventoryWith(), { ...decisions, module }).items?.[0]?.remedy).toBe(
      "Pass it as the module's argument access_key, from a sensitive variable.",
    );
  });

  test("that there is none of may still be on the streams", () => {
    expect(linesOf(accessKeyPart(inventoryWith(), decisionsWith()))).toEqual([
      "change streams: access key: the streams are updated without a key; AWS does not document whether an existing key is kept",
    ]);
  });

  test("in the secret of both streams is taken over without a decision", () => {
    const streams = [guideStream("metrics", withSecret(SECRET_ARN)), guideStream("logs", withSecret(SECRET_ARN))];
    const inventory = inventoryWith({ streams });
    const expected = { items: [], inputs: { accessKeySecretArn: SECRET_ARN } };
    expect(accessKeyPart(inventory, decisionsWith({ accessKey: undefined }))).toEqual(expected);
    expect(accessKeyPart(inventory, decisionsWith({ accessKey: { kind: "secret", arn: SECRET_ARN } }))).toEqual(
      expected,
    );
    expect(linesOf(accessKeyPart(inventory, decisionsWith()))).toEqual([
      `decide streams: access key: read from the secret ${SECRET_ARN}; --access-key none would replace the streams`,
    ]);
  });

  test("goes to a secret by hand first: Terraform would replace the streams", () => {
    const { items = [] } = accessKeyPart(
      inventoryWith({ streams: [guideStream("logs")] }),
      decisionsWith({ accessKey: { kind: "secret", arn: SECRET_ARN } }),
    );
    expect(linesOf({ items })).toEqual([
      `decide stream kloudfuse-logs: access key: not read from the secret ${SECRET_ARN}: a switch by Terraform would replace the stream`,
    ]);
    expect(items[0]?.remedy).toBe(
      `Switch the stream first, and run the command again: aws iam put-role-policy --role-name KloudfuseFirehoseRole --policy-name KloudfuseFirehoseSecret --policy-document '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"secretsmanager:GetSecretValue","Resource":"${SECRET_ARN}"}]}' && aws firehose update-destination --delivery-stream-name kloudfuse-logs --current-delivery-stream-version-id 1 --destination-id destinationId-000000000001 --http-endpoint-destination-update '{"SecretsManagerConfiguration":{"Enabled":true,"SecretARN":"${SECRET_ARN}","RoleARN":"arn:aws:iam::123456789012:role/KloudfuseFirehoseRole"}}'`,
    );
  });

  test("is one secret: the stream that has another one, or none, is switched first", () => {
    const streams = [guideStream("metrics", withSecret(SECRET_ARN)), guideStream("logs", withSecret(`${SECRET_ARN}x`))];
    expect(linesOf(accessKeyPart(inventoryWith({ streams }), decisionsWith({ accessKey: undefined })))).toEqual([
      `decide stream kloudfuse-logs: access key: read from the secret ${SECRET_ARN}x; the module has one secret`,
    ]);
  });
});
