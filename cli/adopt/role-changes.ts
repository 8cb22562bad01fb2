import type { FixedStatement } from "../../modules/policy-statements";
import { shortened } from "../text";
import { type AdoptionItem, change } from "./part";
import { type AdoptableRole, DEFAULT_SESSION_SECONDS } from "./read-role";
import { hasSameStatements } from "./same-statements";

const MAX_DESCRIPTION = 200;

/** The settings of a role that the module sets without inputs. */
export interface RoleSettings {
  readonly description: string;
  readonly trust: readonly FixedStatement[];
  /** The services that may assume the role, for messages. */
  readonly trusted: string;
}

/**
 * What Terraform changes in place of a role that is imported.
 *
 * @param remedy what keeps a setting that the module has no input for
 */
export function roleChanges(
  subject: string,
  { description, maxSessionSeconds, trust }: AdoptableRole,
  settings: RoleSettings,
  remedy: string,
): AdoptionItem[] {
  return [
    ...(hasSameStatements(trust, settings.trust)
      ? []
      : [change(subject, "trust policy", `becomes the module's: ${settings.trusted}, on behalf of this account only`)]),
    ...(description === settings.description
      ? []
      : [
          change(
            subject,
            "description",
            `${description === "" ? "none" : `"${shortened(description, MAX_DESCRIPTION)}"`} becomes "${settings.description}"`,
          ),
        ]),
    ...(maxSessionSeconds === DEFAULT_SESSION_SECONDS
      ? []
      : [
          change(
            subject,
            "maximum session duration",
            `${maxSessionSeconds} seconds becomes ${DEFAULT_SESSION_SECONDS} seconds`,
            remedy,
          ),
        ]),
  ];
}
