import type { AwsLocation } from "../../iam/request";
import type { Text } from "../../iam/text";
import type { Link, Planned, PlannedResource } from "../plan";
import type { RoleUse } from "./role-uses";

/** What a role is asked to do for a stream. */
export interface RoleRequests {
  readonly purpose: "putRecords" | "backUp" | "logErrors" | "useKey" | "readSecret" | "invokeProcessor";
  readonly use: RoleUse;
  readonly actions: readonly string[];
  /** ARN of what the actions are for. */
  readonly on: Text;
  /** The ARN as messages show it, where it differs. */
  readonly shownAs?: string;
  readonly location: AwsLocation;
  /** Where the ARN was read: nothing of it is quoted if one of these is sensitive. */
  readonly readFrom: readonly (readonly [PlannedResource, string])[];
  /** Region that the requests go to. */
  readonly region: Planned<string>;
  /** The service through which a key is used. */
  readonly via?: string;
  /** The resources that hold the policies of what the actions are for. */
  readonly policyHolders: readonly PlannedResource[];
  /** Account of what is asked for, where it may be another than the stream's. */
  readonly account?: Planned<string>;
  /** The key that is asked for, where the plan has it. */
  readonly key?: PlannedResource;
  /** What the plan must show for the role to need the permission; undefined where it does. */
  readonly matters?: string;
}

/** Where the names and ARNs of a linked resource are, of which an ARN may be written. */
export const namesOfLinked = ({ resource }: Link): RoleRequests["readFrom"] =>
  resource === undefined ? [] : IDENTIFYING.map((path) => [resource, path] as const);

const IDENTIFYING = ["arn", "id", "name", "bucket", "function_name", "key_id"];
