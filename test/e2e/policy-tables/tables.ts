import type { Base } from "./configuration";
import { ALARMS_FOUND } from "./found/alarms";
import { BUCKET_FOUND } from "./found/bucket";
import { CHANGES_FOUND } from "./found/changes";
import { DELIVERY_FOUND } from "./found/delivery";
import { ENDPOINT_FOUND } from "./found/endpoint";
import { EXCESS_FOUND } from "./found/excess";
import { GRANTS_FOUND } from "./found/grants";
import { IDENTITY_FOUND } from "./found/identity";
import { KEYS_FOUND } from "./found/keys";
import { LIMITS_FOUND } from "./found/limits";
import { MODULE_FOUND } from "./found/module";
import { ROLES_FOUND } from "./found/roles";
import { SOURCE_CHANGES_FOUND, SOURCES_FOUND } from "./found/sources";
import { TRUST_FOUND } from "./found/trust";
import { ALARMS_PASSES } from "./passes/alarms";
import { BUCKET_PASSES } from "./passes/bucket";
import { CHANGES_PASSES } from "./passes/changes";
import { DELIVERY_PASSES } from "./passes/delivery";
import { GRANTS_PASSES } from "./passes/grants";
import { IDENTITY_PASSES } from "./passes/identity";
import { KEYS_PASSES } from "./passes/keys";
import { MODULE_PASSES } from "./passes/module";
import { ROLES_PASSES } from "./passes/roles";
import { SOURCE_CHANGES_PASSES, SOURCES_PASSES } from "./passes/sources";
import { TRUST_PASSES } from "./passes/trust";
import { ID, type PolicyId } from "./ids";
import type { FoundRow, PassRow } from "./row";

/** What must be found and what must pass, of one topic. */
interface PolicyTable {
  readonly topic: string;
  readonly base: Base;
  readonly found: readonly FoundRow[];
  readonly passes: readonly PassRow[];
}

/** Topics whose first plans are evaluated. */
export const FIRST_PLANS: readonly PolicyTable[] = [
  { topic: "trust", base: "base", found: TRUST_FOUND, passes: TRUST_PASSES },
  {
    topic: "grants",
    base: "base",
    found: [...EXCESS_FOUND, ...GRANTS_FOUND, ...ROLES_FOUND],
    passes: [...GRANTS_PASSES, ...ROLES_PASSES],
  },
  {
    topic: "bucket and keys",
    base: "base",
    found: [...BUCKET_FOUND, ...KEYS_FOUND],
    passes: [...BUCKET_PASSES, ...KEYS_PASSES],
  },
  {
    topic: "delivery",
    base: "base",
    found: [...ENDPOINT_FOUND, ...LIMITS_FOUND, ...DELIVERY_FOUND],
    passes: DELIVERY_PASSES,
  },
  { topic: "identity", base: "base", found: IDENTITY_FOUND, passes: IDENTITY_PASSES },
  { topic: "sources", base: "base", found: SOURCES_FOUND, passes: SOURCES_PASSES },
  { topic: "alarms", base: "base", found: ALARMS_FOUND, passes: ALARMS_PASSES },
  { topic: "module", base: "module", found: MODULE_FOUND, passes: MODULE_PASSES },
];

/** Changes, and the second plans of all that a first plan does not know enough of. */
export const SECOND_PLANS: readonly PolicyTable[] = [
  { topic: "changes", base: "base", found: CHANGES_FOUND, passes: CHANGES_PASSES },
  ...FIRST_PLANS.map(({ found, passes, ...topic }) => ({
    ...topic,
    found: found.filter(
      ({ isUnknownByReference, isUnknownAtFirst, locksOutDeployer = false }) =>
        (isUnknownByReference ?? isUnknownAtFirst) === true && !locksOutDeployer,
    ),
    passes: passes.filter(
      ({ unknownAtFirst, unknownByReference }) => (unknownAtFirst ?? unknownByReference) !== undefined,
    ),
  })),
];

/** Changes of what feeds the streams, in a root of their own: a region has 50 delivery streams, by AWS's default. */
export const SOURCE_CHANGES: readonly PolicyTable[] = [
  { topic: "changes of sources", base: "base", found: SOURCE_CHANGES_FOUND, passes: SOURCE_CHANGES_PASSES },
];

/**
 * Policies that a first plan leaves undetermined where permissions name a bucket and a log group by reference: what the
 * patterns will be is not known, and neither is whether there is a wildcard in them.
 */
export const UNKNOWN_BY_REFERENCE: readonly PolicyId[] = [
  ID.backUp,
  ID.logErrors,
  ID.noWildcards,
  ID.partition,
  ID.grants,
  ID.tlsOnly,
  ID.bucketPolicy,
];
