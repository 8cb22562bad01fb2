import { asString, type JsonObject } from "../iam/json";
import { checkPlaceholdersOf, checkRules } from "./account-checks";
import type { FleetFile } from "./file";
import type { FleetState } from "./fleet";
import { FLEET_LIMITS } from "./limits";
import type { MergedAccount } from "./merge";
import { PLACEHOLDERS, textAt } from "./placeholders";
import type { Problems } from "./problems";

const textIn = (settings: JsonObject, name: string): string => asString(settings[name]) ?? "";

/** The backend for the state of each stack; undefined: local files. */
export function stateOf({ s3, hcp }: FleetFile): FleetState | undefined {
  if (s3 !== undefined) {
    return { type: "s3", bucket: textIn(s3, "bucket"), region: textIn(s3, "region"), key: textIn(s3, "key") };
  }
  return hcp === undefined
    ? undefined
    : {
        type: "cloud",
        organization: textIn(hcp, "organization"),
        workspace: textIn(hcp, "workspace"),
        hostname: Object.hasOwn(hcp, "hostname") ? textIn(hcp, "hostname") : undefined,
      };
}

/** Checks the settings of the state, and that no two stacks share a state. */
export function checkState(file: FleetFile, accounts: readonly MergedAccount[], problems: Problems): void {
  const state = stateOf(file);
  if (state === undefined) {
    return;
  }
  const places = accounts.flatMap(({ account }) => account.regions.map((region) => ({ account: account.id, region })));
  if (state.type === "s3") {
    checkRules("state.s3.bucket", state.bucket, FLEET_LIMITS.bucket, problems);
    checkRules("state.s3.region", state.region, FLEET_LIMITS.region, problems);
    checkPattern("state.s3.key", state.key, FLEET_LIMITS.key, places, problems);
    return;
  }
  checkRules("state.hcp.organization", state.organization, FLEET_LIMITS.organization, problems);
  checkPattern("state.hcp.workspace", state.workspace, FLEET_LIMITS.workspace, places, problems);
  if (state.hostname !== undefined) {
    checkRules("state.hcp.hostname", state.hostname, FLEET_LIMITS.hostname, problems);
  }
}

function checkPattern(
  label: string,
  pattern: string,
  rules: (typeof FLEET_LIMITS)["key" | "workspace"],
  places: readonly { readonly account: string; readonly region: string }[],
  problems: Problems,
): void {
  checkPlaceholdersOf(label, pattern, problems);
  const missing = PLACEHOLDERS.filter((placeholder) => !pattern.includes(placeholder));
  if (places.length > 1 && missing.length > 0) {
    problems.add(
      `${label} must contain {account} and {region}, got "${pattern}". ` +
        `Add ${missing.join(" and ")}: two stacks would share a state.`,
    );
  }
  for (const place of places) {
    checkRules(label, textAt(pattern, place), rules, problems);
  }
}
