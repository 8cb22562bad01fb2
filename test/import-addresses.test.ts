import type { App } from "cdktf";
import { KloudfuseFirehoseModule, KloudfuseFirehoseStack } from "../modules";
import type { ReadableAddressStack } from "../modules/stacks/addresses";
import { IMPORT_ADDRESSES, REGION_VARIABLE, subscriptionFilterAddress } from "../modules/import-addresses";
import { synthesize, type Template } from "./helpers/synth";

const STACKS: readonly (readonly [string, (app: App) => ReadableAddressStack])[] = [
  ["root stack", (app) => new KloudfuseFirehoseStack(app, "test")],
  ["module", (app) => new KloudfuseFirehoseModule(app, "test")],
];

const LOG_GROUP_FILTER = 'aws_cloudwatch_log_subscription_filter.log_groups["/ecs/api"]';

const textsIn = (value: unknown): string[] =>
  typeof value === "string"
    ? [value]
    : typeof value === "object" && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

describe.each(STACKS)("the addresses of imports in the %s", (_name, make) => {
  const addresses = [...textsIn(IMPORT_ADDRESSES), LOG_GROUP_FILTER];
  let template: Template;

  beforeAll(() => {
    template = synthesize(make);
  });

  test.each(addresses)("have %s, with an index where the resource has one", (address) => {
    const [, resource = "", index = ""] = /^([^[]+)(.*)$/.exec(address) ?? [];
    expect(template.addresses).toContain(resource);
    const counted = template.resource(resource, "count") !== undefined;
    const keyed = template.resource(resource, "for_each") !== undefined;
    expect(index).toBe(counted ? "[0]" : keyed ? '["/ecs/api"]' : "");
  });

  test("are each another resource", () => {
    expect(new Set(addresses).size).toBe(addresses.length);
  });
});

test("the address of a subscription filter has its log group as the key", () => {
  expect(subscriptionFilterAddress("/ecs/api")).toBe(LOG_GROUP_FILTER);
});

test("a key with a quotation mark is escaped", () => {
  expect(subscriptionFilterAddress('a"b')).toBe('aws_cloudwatch_log_subscription_filter.log_groups["a\\"b"]');
});

test("the root stack alone has an input for the region", () => {
  const variables = STACKS.map(([, make]) => Object.keys(synthesize(make).json.variable).includes(REGION_VARIABLE));
  expect(variables).toEqual([true, false]);
});
