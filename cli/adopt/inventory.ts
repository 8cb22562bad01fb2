import type { StreamLookup, StreamWithBackup } from "../aws/find-streams";
import type { Answer } from "../aws/attempt";
import type { RoleLocation } from "../verify/trust";
import type { AdoptableBucket } from "./read-bucket";
import type { AdoptableLogGroup } from "./read-error-log";
import type { AdoptableRole } from "./read-role";
import type { StreamUses } from "./read-stream-uses";
import type { AdoptableSources } from "./read-sources";
import type { TagMap } from "./read-tags";

/** What exists in the account, as far as AWS returned it. */
export interface AdoptionInventory {
  readonly location: RoleLocation;
  /** The streams of both signals, whether they exist or not. */
  readonly found: readonly StreamLookup[];
  /** The existing streams that deliver to an HTTP endpoint. */
  readonly streams: readonly StreamWithBackup[];
  /** The names that the streams have or get. */
  readonly streamNames: { readonly metrics: string; readonly logs: string };
  readonly streamTags: ReadonlyMap<string, Answer<TagMap>>;
  /** By ARN; undefined where there is no such role. */
  readonly roles: ReadonlyMap<string, Answer<AdoptableRole | undefined>>;
  /** What the region's other delivery streams use. */
  readonly otherStreams: Answer<StreamUses>;
  /** By name; undefined where there is no such bucket. */
  readonly buckets: ReadonlyMap<string, Answer<AdoptableBucket | undefined>>;
  /** The log group that the module has for delivery errors; undefined where it does not exist. */
  readonly errorLog: Answer<AdoptableLogGroup | undefined>;
  /** Undefined with `--keep sources`. */
  readonly sources: AdoptableSources | undefined;
}
