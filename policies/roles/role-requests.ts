import type { AwsLocation } from "../../iam/request";
import type { Text } from "../../iam/text";
import type { Link, Planned, PlannedResource } from "../plan";
import type { RoleUse } from "./role-uses";

/** Requests that a role must be able to make for a stream. */
export interface RoleRequests {
  readonly purpose: "putRecords" | "backUp" | "logErrors" | "useKey" | "readSecret" | "invokeProcessor";
  readonly use: RoleUse;
  readonly actions: readonly string[];
  /** ARN of the requested resource. */
  readonly resourceArn: Text;
  /** The ARN in messages, if it differs. */
  readonly displayArn?: string;
  readonly location: AwsLocation;
  /** Where the ARN was read: messages do not show it if one of these is sensitive. */
  readonly readFrom: readonly (readonly [PlannedResource, string])[];
  /** Region that the requests go to. */
  readonly region: Planned<string>;
  /** The service through which a key is used. */
  readonly via?: string;
  /** The resources that hold the policies of the requested resource. */
  readonly policyHolders: readonly PlannedResource[];
  /** Account of the requested resource, if it may differ from the stream's. */
  readonly account?: Planned<string>;
  /** The requested key, if the plan has it. */
  readonly key?: PlannedResource;
  /** The condition under which the role needs the permission, if the plan does not show it; undefined: always. */
  readonly neededIf?: string;
}

/** The attributes of a linked resource that an ARN may be built from. */
export const namesOfLinked = ({ resource }: Link): RoleRequests["readFrom"] =>
  resource === undefined ? [] : IDENTIFYING.map((path) => [resource, path] as const);

const IDENTIFYING = ["arn", "id", "name", "bucket", "function_name", "key_id"];
