import { isArn, parseArn } from "../../iam/arn";
import { UNKNOWN } from "../../iam/unknown";
import { groupBy } from "../group-by";
import type { PlannedResource } from "./planned-resource";
import type { Providers } from "./providers";

/** The attributes that identify a resource, by type. */
const IDENTITIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_role: ["arn", "name", "id"],
  aws_iam_policy: ["arn", "id"],
  aws_s3_bucket: ["arn", "bucket", "id"],
  aws_kms_key: ["arn", "key_id", "id"],
  aws_kms_alias: ["arn", "name", "id"],
};
const DEFAULT_IDENTITY: readonly string[] = ["arn", "name", "id"];

/** Matches the name in the ARN of a resource, by type. */
const NAMES_IN_ARNS: Readonly<Record<string, RegExp>> = {
  aws_iam_role: /^arn:[^:]*:iam::[^:]*:role\/(?:.*\/)?([^/]+)$/,
  aws_s3_bucket: /^arn:[^:]*:s3:::([^/]+)$/,
  aws_cloudwatch_log_group: /^arn:[^:]*:logs:[^:]*:[^:]*:log-group:([^:]+)(?::\*)?$/,
  aws_kinesis_firehose_delivery_stream: /^arn:[^:]*:firehose:[^:]*:[^:]*:deliverystream\/([^/]+)$/,
  aws_kms_alias: /^arn:[^:]*:kms:[^:]*:[^:]*:(alias\/.+)$/,
  aws_sns_topic: /^arn:[^:]*:sns:[^:]*:[^:]*:([^:]+)$/,
  // Secrets Manager adds a hyphen and six random characters.
  aws_secretsmanager_secret: /^arn:[^:]*:secretsmanager:[^:]*:[^:]*:secret:(.+)-[^-]{6}$/,
};

/** The attributes that identify a resource of a type. */
export const identityPaths = (type: string): readonly string[] => IDENTITIES[type] ?? DEFAULT_IDENTITY;

/** Whether an attribute that identifies a resource is not known before the apply. */
export const hasUnknownIdentity = (resource: PlannedResource): boolean =>
  identityPaths(resource.type).some((path) => resource.get(path) === UNKNOWN);

/** The values that identify a resource after the apply. */
export const identityOf = (resource: PlannedResource): readonly string[] =>
  texts(identityPaths(resource.type).map((path) => resource.get(path)));

/** The values that identify a resource before the apply. */
export const identityBefore = (resource: PlannedResource): readonly string[] =>
  texts(identityPaths(resource.type).map((path) => resource.getBefore(path)));

const texts = (values: readonly unknown[]): string[] => [
  ...new Set(values.filter((value): value is string => typeof value === "string" && value !== "")),
];

/** Finds the resources of one type by the values that identify them. */
export class IdentityIndex {
  readonly #type: string;
  readonly #providers: Providers;
  readonly #byText = new Map<string, PlannedResource[]>();
  readonly #named = new Map<string, ReadonlySet<PlannedResource>>();
  readonly #inLocation = new Map<string, ResourcesByModule>();

  public constructor(
    type: string,
    resources: Iterable<PlannedResource>,
    providers: Providers,
    identity: (resource: PlannedResource) => readonly string[],
  ) {
    this.#type = type;
    this.#providers = providers;
    for (const resource of resources) {
      for (const text of identity(resource)) {
        const named = this.#byText.get(text);
        if (named === undefined) {
          this.#byText.set(text, [resource]);
        } else {
          named.push(resource);
        }
      }
    }
  }

  /** The resources that a value can identify, in any account and region. */
  public named(text: string): ReadonlySet<PlannedResource> {
    let named = this.#named.get(text);
    if (named === undefined) {
      const exact = this.#byText.get(text) ?? [];
      const name = this.#nameIn(text);
      named = new Set(exact.length > 0 || name === undefined ? exact : this.#byArn(text, name));
      this.#named.set(text, named);
    }
    return named;
  }

  /**
   * The resources that a value identifies in the account and region of the resource that refers to them; if there are
   * several, in its module.
   */
  public namedInSameLocation(text: string, referrer: PlannedResource): readonly PlannedResource[] {
    const { accountId, region } = this.#providers.locationOf(referrer);
    // The result is the same for all resources of one location and provider.
    const key = JSON.stringify([text, accountId, region, this.#providers.keyOf(referrer)]);
    let found = this.#inLocation.get(key);
    if (found === undefined) {
      const all = this.#findInSameLocation(text, referrer);
      found = { all, byModule: groupBy(all, ({ moduleAddress }) => moduleAddress) };
      this.#inLocation.set(key, found);
    }
    return found.byModule.get(referrer.moduleAddress) ?? found.all;
  }

  #findInSameLocation(text: string, referrer: PlannedResource): readonly PlannedResource[] {
    const named = [...this.named(text)];
    const inSameLocation = named.filter((resource) => this.#isInSameLocation(resource, referrer));
    // An ARN contains the account and region.
    return isArn(text) && inSameLocation.length === 0 ? named : inSameLocation;
  }

  #nameIn(arn: string): string | undefined {
    return NAMES_IN_ARNS[this.#type]?.exec(arn)?.[1];
  }

  /** Resources whose ARN is not known yet, by the name in the ARN. */
  #byArn(arn: string, name: string): readonly PlannedResource[] {
    const { region = "", account = "" } = parseArn(arn) ?? {};
    return (this.#byText.get(name) ?? []).filter((resource) => {
      const isPossible = typeof resource.get("arn") !== "string";
      const { accountId, region: own } = this.#providers.locationOf(resource);
      return (
        isPossible &&
        (account === "" || accountId === undefined || accountId === account) &&
        (region === "" || own === undefined || own === region)
      );
    });
  }

  #isInSameLocation(resource: PlannedResource, referrer: PlannedResource): boolean {
    // Names of buckets are unique across accounts and regions, those of IAM across regions.
    return (
      this.#type === "aws_s3_bucket" ||
      (this.#providers.isSameAccount(resource, referrer) &&
        (this.#type.startsWith("aws_iam_") || this.#providers.isSameRegion(resource, referrer)))
    );
  }
}

/** Resources, in total and by module. */
interface ResourcesByModule {
  readonly all: readonly PlannedResource[];
  readonly byModule: ReadonlyMap<string, readonly PlannedResource[]>;
}
