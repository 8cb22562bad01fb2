import { memoizedByObject } from "../../iam/memoized";
import { partitionOfArn } from "../../iam/partitions";
import type { PlannedResource } from "../plan";
import type { Kloudfuse } from "./kloudfuse";

/** The name at the end of an ARN. */
export const lastPart = (arn: string): string => arn.replace(/^.*[:/]/, "");

/** The partition of a role, from the ARN that a stream names it by; undefined where no ARN shows it. */
export const partitionOfRole = (kloudfuse: Kloudfuse, resource: PlannedResource): string | undefined =>
  partitions(kloudfuse).get(resource);

const partitions = memoizedByObject(
  ({ streams }: Kloudfuse): ReadonlyMap<PlannedResource, string | undefined> =>
    new Map(
      streams.flatMap(({ role }): [PlannedResource, string | undefined][] =>
        role.resource !== undefined && typeof role.value === "string"
          ? [[role.resource, partitionOfArn(role.value)]]
          : [],
      ),
    ),
);
