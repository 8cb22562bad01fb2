import { parseArn } from "../../iam/arn";
import { asString } from "../../iam/json";
import type { DeliveryStream } from "../aws/delivery-stream";
import { UndeterminedError } from "../exit-codes";
import type { Bucket } from "./bucket";
import type { VerifyContext } from "./context";
import type { Key } from "./key";
import { bucketArnOf, type DefaultKeys, type KeysInUse, namedKeysOf } from "./needs";
import { readBucket } from "./read-bucket";
import { readKey } from "./read-key";
import { readSecret } from "./read-secret";
import { POLICY_NAMES, type ResourcePolicy } from "./resource-policy";
import type { Secret } from "./secret";

/** The buckets, secrets and keys of streams. */
export interface Resources {
  readonly buckets: readonly Bucket[];
  readonly secrets: readonly Secret[];
  readonly keys: readonly Key[];
}

/** Reads the resources that the streams of a region use, in parallel as far as possible. */
export async function readResources(context: VerifyContext, streams: readonly DeliveryStream[]): Promise<Resources> {
  const destinations = streams.map(({ destination }) => destination).filter((each) => each !== undefined);
  const bucketNames = new Set(destinations.map(({ backup }) => backup.bucket));
  const secretArns = new Set(destinations.flatMap(({ secretArn }) => secretArn ?? []));
  const [buckets, secrets] = await Promise.all([
    Promise.all([...bucketNames].filter((name) => name !== "").map((name) => readBucket(context, name))),
    Promise.all([...secretArns].map((arn) => readSecret(context, arn))),
  ]);
  return { buckets, secrets, keys: await readKeys(context, streams, buckets, secrets) };
}

/** Reads the keys that streams, buckets and secrets name. */
async function readKeys(
  context: VerifyContext,
  streams: readonly DeliveryStream[],
  buckets: readonly Bucket[],
  secrets: readonly Secret[],
): Promise<Key[]> {
  const defaults = defaultKeys({ buckets, secrets });
  const locations = new Map(
    streams.flatMap((stream) => {
      const { stream: ofStream, backup, secret } = namedKeysOf(stream, defaults);
      const { region, accountId, destination } = stream;
      const bucket = buckets.find(({ name }) => name === destination?.backup.bucket);
      const bucketRegion = typeof bucket?.region === "string" ? bucket.region : region;
      return [
        ...[ofStream, secret].map((name) => [name, { region, accountId }] as const),
        [backup, { region: bucketRegion, accountId }] as const,
      ];
    }),
  );
  return await Promise.all(
    [...locations].flatMap(([name, location]) => (name === undefined ? [] : [readKey(context, name, location)])),
  );
}

function defaultKeys({ buckets, secrets }: Pick<Resources, "buckets" | "secrets">): DefaultKeys {
  return {
    ofBuckets: new Map(
      buckets.flatMap(({ name, encryption }) =>
        encryption === undefined || encryption instanceof UndeterminedError || encryption.keyArn === undefined
          ? []
          : [[name, encryption.keyArn] as const],
      ),
    ),
    ofSecrets: new Map(
      secrets.flatMap(({ arn, description }) =>
        description === undefined || description instanceof UndeterminedError || description.keyName === undefined
          ? []
          : [[arn, description.keyName] as const],
      ),
    ),
  };
}

/** The keys that a role may have to use. */
export const keysInUse = (resources: Resources): KeysInUse => ({
  ...defaultKeys(resources),
  arns: new Map(resources.keys.flatMap(({ name, arn }) => (arn === undefined ? [] : [[name, arn] as const]))),
});

/** The policies that could be read, by the ARN of what they belong to. */
export function resourcePolicies(
  { buckets, secrets, keys }: Resources,
  partition: string,
): ReadonlyMap<string, ResourcePolicy> {
  const entryOf = (
    arn: string | undefined,
    kind: keyof typeof POLICY_NAMES,
    policy: Key["policy"],
    region: string | undefined,
  ): [string, ResourcePolicy][] =>
    arn === undefined || policy === undefined || policy === "notRead" || policy instanceof UndeterminedError
      ? []
      : [[arn, { name: POLICY_NAMES[kind], rules: policy, region }]];
  return new Map([
    ...buckets.flatMap(({ name, policy, region }) =>
      entryOf(bucketArnOf(partition, name), "bucket", policy, asString(region)),
    ),
    ...secrets.flatMap(({ arn, policy }) => entryOf(arn, "secret", policy, parseArn(arn)?.region)),
    ...keys.flatMap(({ arn, policy }) => entryOf(arn, "key", policy, parseArn(arn)?.region)),
  ]);
}
