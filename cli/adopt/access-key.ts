import type { StreamWithBackup } from "../aws/find-streams";
import { lastPart } from "../../iam/arn";
import { ACTIONS } from "../../iam/documented-actions";
import type { AccessKeySource } from "./access-key-source";
import type { AdoptionInventory } from "./inventory";
import type { AdoptionDecisions } from "./options";
import { type AdoptionItem, type AdoptionPart, change, decide } from "./part";
import { singleQuoted } from "../terminal/completion/words";
import { streamSubject } from "./streams";

const NAME = "access key";

/**
 * Name of the inline policy; neither the guide nor the module uses it, so that none of their policies is overwritten.
 */
const SECRET_POLICY = "KloudfuseFirehoseSecret";

/** The source of the access key. AWS shows the ARN of a secret, but not whether a stream has a key of its own. */
export function accessKeyPart(
  { streams }: Pick<AdoptionInventory, "streams">,
  { accessKey, module }: Pick<AdoptionDecisions, "accessKey" | "module">,
): Partial<AdoptionPart> {
  const secrets = [...new Set(streams.flatMap(({ destination }) => destination.secretArn ?? []))];
  const [secret] = secrets;
  const wanted = accessKey?.kind === "secret" ? accessKey.arn : secret;
  if (wanted !== undefined && (accessKey === undefined || accessKey.kind === "secret")) {
    const others = streams.filter(({ destination }) => destination.secretArn !== wanted);
    return {
      items: others.map((stream) => secretStep(stream, wanted)),
      inputs: { accessKeySecretArn: wanted },
    };
  }
  if (accessKey === undefined) {
    return streams.length === 0 ? {} : { items: [openDecision()] };
  }
  if (secret !== undefined) {
    return { items: [secretConflict(secret, accessKey.kind)] };
  }
  return { items: [accessKey.kind === "provided" ? providedItem(module !== undefined) : noneItem()] };
}

const openDecision = (): AdoptionItem =>
  decide(
    "streams",
    NAME,
    "AWS does not show whether the streams have an access key, and the module sets it from its inputs",
    "Choose with --access-key: provided (you pass it to Terraform as access_key), secret:<ARN> (Secrets Manager), or none (the ingester requires no key).",
  );

const secretConflict = (secret: string, kind: AccessKeySource["kind"]): AdoptionItem =>
  decide(
    "streams",
    NAME,
    `read from the secret ${secret}; --access-key ${kind} would replace the streams`,
    "Leave out --access-key: the secret is taken over.",
  );

const providedItem = (isModule: boolean): AdoptionItem =>
  change(
    "streams",
    NAME,
    "set on the streams with the value that you pass; it is in no file that is written",
    isModule
      ? "Pass it as the module's argument access_key, from a sensitive variable."
      : "Set TF_VAR_access_key in the environment of every plan and apply.",
  );

const noneItem = (): AdoptionItem =>
  change(
    "streams",
    NAME,
    "the streams are updated without a key; AWS does not document whether an existing key is kept",
    "Run kloudfuse-firehose verify after the apply: if the ingester answers 401, the streams had a key.",
  );

/** The AWS provider would replace a stream that is switched to a secret; AWS can update it: the user does that first. */
function secretStep(stream: StreamWithBackup, arn: string): AdoptionItem {
  const { name, updateIds, destination } = stream;
  const update = JSON.stringify({
    SecretsManagerConfiguration: { Enabled: true, SecretARN: arn, RoleARN: destination.roleArn },
  });
  const role = lastPart(destination.roleArn);
  const policy = JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: ACTIONS.readSecret[0], Resource: arn }],
  });
  return decide(
    streamSubject(name),
    NAME,
    destination.secretArn === undefined
      ? `not read from the secret ${arn}: a switch by Terraform would replace the stream`
      : `read from the secret ${destination.secretArn}; the module has one secret`,
    `Switch the stream first, and run the command again: ` +
      `aws iam put-role-policy --role-name ${role} --policy-name ${SECRET_POLICY} --policy-document ${singleQuoted(policy)} && ` +
      `aws firehose update-destination --delivery-stream-name ${name} --current-delivery-stream-version-id ${updateIds.version} --destination-id ${updateIds.destination} --http-endpoint-destination-update ${singleQuoted(update)}`,
  );
}
