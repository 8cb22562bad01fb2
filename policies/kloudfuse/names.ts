import { parseArn } from "../../iam/arn";
import { memoizedByObject } from "../../iam/memoized";
import type { PlannedResource } from "../plan";
import type { Kloudfuse } from "./kloudfuse";

/** The partition of a role, from the ARN that a stream names it by; undefined where no ARN shows it. */
export const partitionOfRole = (kloudfuse: Kloudfuse, resource: PlannedResource): string | undefined =>
  partitions(kloudfuse).get(resource);

const partitions = memoizedByObject(
  ({ streams }: Kloudfuse): ReadonlyMap<PlannedResource, string | undefined> =>
    new Map(
      streams.flatMap(({ role }): [PlannedResource, string | undefined][] =>
        role.resource !== undefined && typeof role.value === "string"
          ? [[role.resource, parseArn(role.value)?.partition]]
          : [],
      ),
    ),
);
