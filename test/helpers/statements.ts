import type { JsonObject } from "../../iam/json";

/** A policy document with statements. */
export const document = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

export const allow = (Action: unknown, Resource: unknown, more: object = {}): JsonObject => ({
  Effect: "Allow",
  Action,
  Resource,
  ...more,
});

export const deny = (Action: unknown, Resource: unknown, more: object = {}): JsonObject => ({
  ...allow(Action, Resource, more),
  Effect: "Deny",
});

/** A statement of a key's policy that allows principals everything. */
export const allowKms = (Principal: unknown, more: object = {}): JsonObject =>
  allow("kms:*", "*", { Principal, ...more });

/** A statement of a bucket's policy that denies everybody, or a principal. */
export const denyInBucket = (
  Action: unknown,
  Resource: unknown,
  Condition?: object,
  Principal: unknown = "*",
): JsonObject => deny(Action, Resource, { Principal, ...(Condition === undefined ? {} : { Condition }) });

/** The condition of a statement. */
export const when = (operator: string, key: string, values: unknown): JsonObject => ({
  Condition: { [operator]: { [key]: values } },
});
