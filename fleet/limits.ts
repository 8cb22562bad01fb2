import { LIMITS } from "../modules/limits";
import { lengthAtMost, matching, requirement, type Rule, withHiddenValue } from "../modules/rules";

const HCP_NAME_RULE = "contain only letters, digits and _ -";

/** The limits of the settings of a fleet file, other than the inputs. */
export const FLEET_LIMITS = {
  /** AWS Account Management API, AccountId. */
  accountId: [matching("^[0-9]{12}$", "be a 12-digit AWS account ID")],
  region: LIMITS.region,
  assumeRole: LIMITS.roleArn,
  /** STS API, AssumeRole.ExternalId: 2 to 1224. */
  externalId: [
    withHiddenValue(
      matching("^[a-zA-Z0-9_+=,.@:/-]{2,}$", "be at least 2 of the characters a-z A-Z 0-9 _ + = , . @ : / -"),
    ),
    lengthAtMost(1224),
  ],
  /** Amazon S3 User Guide, "General purpose bucket naming rules"; the names of old buckets may contain dots. */
  bucket: [
    matching(
      "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$",
      "be 3 to 63 of the characters a-z 0-9 . - and begin and end with a letter or digit",
    ),
  ],
  /** Amazon S3 User Guide, "Naming Amazon S3 objects": at most 1,024 bytes. */
  key: [
    matching(
      "^[^/\\s]([!-~]*[^/\\s])?$",
      "not begin or end with / and contain only printable ASCII characters without spaces",
    ),
    lengthAtMost(1024),
  ],
  /** HCP Terraform API, organizations. */
  organization: [matching("^[a-zA-Z0-9_-]+$", HCP_NAME_RULE)],
  /** HCP Terraform API, workspaces: at most 90. */
  workspace: [matching("^[a-zA-Z0-9_-]+$", HCP_NAME_RULE), lengthAtMost(90)],
  hostname: LIMITS.ingesterHost,
} as const satisfies Record<string, readonly Rule[]>;

/** The first rule that a value breaks, and the error; undefined if it breaks none. */
export function brokenRule(
  label: string,
  value: string,
  rules: readonly Rule[],
): { readonly text: string; readonly problem: string } | undefined {
  const broken = rules.find((rule) => !rule.allows(value));
  return broken === undefined
    ? undefined
    : { text: broken.text, problem: `${requirement(broken, label)}, got ${broken.received(value)}. Correct it.` };
}
