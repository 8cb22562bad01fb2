import { parseArn } from "../../iam/arn";
import { asObject } from "../../iam/json";
import type { Configuration } from "./configuration";
import type { PlannedResource, ResourceLocation } from "./planned-resource";

/** Arguments of the AWS provider that determine the account. */
const CREDENTIALS = [
  "assume_role",
  "assume_role_with_web_identity",
  "access_key",
  "profile",
  "shared_config_files",
  "shared_credentials_files",
];

/** Key of an AWS provider of the root, such as `aws.west`. Providers in modules are excluded: they refer to variables. */
const AWS_PROVIDER = /^aws(?:\.|$)/;

/** The accounts and regions of the providers of a plan. */
export class Providers {
  readonly #configuration: Configuration;
  readonly #locations = new Map<string, ResourceLocation>();
  readonly #resourceLocations = new Map<PlannedResource, ResourceLocation>();
  readonly #resources: () => Iterable<PlannedResource>;
  #seen: ReadonlyMap<string, ResourceLocation> | undefined;

  /** @param resources all resources and data sources, whose values show account and region of their provider */
  public constructor(configuration: Configuration, resources: () => Iterable<PlannedResource>) {
    this.#configuration = configuration;
    this.#resources = resources;
  }

  public keyOf(resource: PlannedResource): string | undefined {
    return this.#configuration.module(resource.moduleAddress)?.resource(resource.configurationKey)?.providerKey;
  }

  /** Account and region of a resource: from its own values, else from its provider. */
  public locationOf(resource: PlannedResource): ResourceLocation {
    let location = this.#resourceLocations.get(resource);
    if (location === undefined) {
      const own = ownLocation(resource);
      const key = this.keyOf(resource);
      const provider = key === undefined ? undefined : this.#locationOfKey(key);
      location = { accountId: own.accountId ?? provider?.accountId, region: own.region ?? provider?.region };
      this.#resourceLocations.set(resource, location);
    }
    return location;
  }

  /** Account and region of each AWS provider of the root, as far as its arguments show. */
  public configuredLocations(): readonly ResourceLocation[] {
    return this.#configuration.providerKeys
      .filter((key) => AWS_PROVIDER.test(key))
      .map((key) => {
        const { accountId, region } = this.#configured(key);
        const allowed = this.#configuration.onlyText(this.#configuration.provider(key)["allowed_account_ids"]);
        return { accountId: allowed ?? accountId, region };
      });
  }

  /** Whether two resources are in one account, as far as the plan shows; two sets of credentials are two accounts. */
  public isSameAccount(one: PlannedResource, other: PlannedResource): boolean {
    const [a, b] = [this.locationOf(one).accountId, this.locationOf(other).accountId];
    return a !== undefined && b !== undefined ? a === b : this.#haveSame(one, other, CREDENTIALS);
  }

  /** Whether two resources are in one region, as far as the plan shows. */
  public isSameRegion(one: PlannedResource, other: PlannedResource): boolean {
    const [a, b] = [this.locationOf(one).region, this.locationOf(other).region];
    return a !== undefined && b !== undefined ? a === b : this.#haveSame(one, other, ["region"]);
  }

  #haveSame(one: PlannedResource, other: PlannedResource, names: readonly string[]): boolean {
    const [a, b] = [this.keyOf(one), this.keyOf(other)];
    return a === undefined || b === undefined || a === b || this.#isConfiguredAlike(a, b, names);
  }

  #isConfiguredAlike(one: string, other: string, names: readonly string[]): boolean {
    const [first, second] = [this.#configuration.provider(one), this.#configuration.provider(other)];
    return names.every((name) => JSON.stringify(first[name]) === JSON.stringify(second[name]));
  }

  #locationOfKey(key: string): ResourceLocation {
    let location = this.#locations.get(key);
    if (location === undefined) {
      this.#seen ??= this.#locationsSeen();
      const configured = this.#configured(key);
      const seen = this.#seen.get(key);
      location = {
        accountId: configured.accountId ?? seen?.accountId ?? this.#accountOfSameCredentials(key),
        region: configured.region ?? seen?.region,
      };
      this.#locations.set(key, location);
    }
    return location;
  }

  #accountOfSameCredentials(key: string): string | undefined {
    const others = [...(this.#seen ?? [])].filter(([other]) => this.#isConfiguredAlike(key, other, CREDENTIALS));
    return others.map(([, { accountId }]) => accountId).find((accountId) => accountId !== undefined);
  }

  #configured(key: string): ResourceLocation {
    const { region, assume_role: assumeRole } = this.#configuration.provider(key);
    const role = this.#configuration.text(asObject(asObject(assumeRole)["0"])["role_arn"]);
    return {
      accountId: role === undefined ? undefined : ownerOf(role).accountId,
      region: this.#configuration.text(region),
    };
  }

  /** Account and region of each provider, from the values of its resources and data sources. */
  #locationsSeen(): ReadonlyMap<string, ResourceLocation> {
    const seen = new Map<string, ResourceLocation>();
    for (const resource of this.#resources()) {
      const key = this.keyOf(resource);
      const before = key === undefined ? undefined : seen.get(key);
      if (key !== undefined && (before?.accountId === undefined || before.region === undefined)) {
        const own = ownLocation(resource);
        seen.set(key, { accountId: before?.accountId ?? own.accountId, region: before?.region ?? own.region });
      }
    }
    return seen;
  }
}

/** Account and region that a resource's own values show. */
function ownLocation(resource: PlannedResource): ResourceLocation {
  if (resource.isDataSource) {
    const [accountId, region] = [text(resource, "account_id"), text(resource, "name") ?? text(resource, "region")];
    return {
      accountId: resource.type === "aws_caller_identity" ? accountId : undefined,
      region: resource.type === "aws_region" ? region : undefined,
    };
  }
  const owner = ownerOf(text(resource, "arn") ?? "");
  // Since version 6 of the provider, a resource can set its region.
  return { accountId: owner.accountId, region: text(resource, "region") ?? owner.region };
}

function text(resource: PlannedResource, path: string): string | undefined {
  const value = resource.get(path);
  return typeof value === "string" && value !== "" ? value : undefined;
}

function ownerOf(arn: string): ResourceLocation {
  const { region, account } = parseArn(arn) ?? {};
  return {
    accountId: account !== undefined && /^[0-9]{12}$/.test(account) ? account : undefined,
    region: region === "" ? undefined : region,
  };
}
