import { parseArn } from "../iam/arn";
import { partitionOfRegion } from "../iam/partitions";
import { variableName } from "../modules/inputs";
import { LOCATION_RULES } from "../modules/location-rules";
import type { MergedAccount } from "./merge";
import type { Problems } from "./problems";
import type { FleetTarget } from "./targets";

/** Checks that ARNs match the account, the region and the partition of the target. */
export function checkLocation(
  { account, region, inputs, assumeRole }: FleetTarget,
  { inputPath, settingPath }: MergedAccount,
  problems: Problems,
): void {
  const partition = partitionOfRegion(region);
  const location = { accountId: account, region, partition };
  for (const { input, text, part, expected, alsoAllowed, advice } of LOCATION_RULES) {
    const value = inputs[variableName(input)];
    // A value that is not an ARN breaks another rule, and may be a secret.
    const actual = typeof value === "string" && value.startsWith("arn:") ? value.split(":")[part] : undefined;
    if (actual !== undefined && actual !== location[expected] && !alsoAllowed.includes(actual)) {
      const label = inputPath(variableName(input));
      problems.add(
        `${label} must ${text}, ${location[expected]}, got "${String(value)}". ${advice}`,
        `${label} ${text} ${account}`,
      );
    }
  }
  const rolePartition = parseArn(assumeRole)?.partition;
  if (rolePartition !== undefined && rolePartition !== partition) {
    const label = settingPath("assume_role");
    problems.add(
      `${label} must be in the partition of ${region}, ${partition}, got "${String(assumeRole)}". ` +
        "ARNs begin with arn:aws:, arn:aws-cn: in China, arn:aws-us-gov: in GovCloud.",
      `${label} in ${partition}`,
    );
  }
}
