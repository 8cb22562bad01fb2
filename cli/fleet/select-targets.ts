import { type FleetTarget, readFleet, readWithRole, targetsOf } from "../../fleet";
import { cappedNames } from "../capped-names";
import { UnusableInput } from "../exit-codes";
import { signalsOf, type StreamSelection } from "./stream-names";

/** The accounts and regions of a fleet that a command reads. */
export interface FleetSelection extends StreamSelection {
  /** Missing: every account. */
  readonly account?: readonly string[];
  /** Missing: every region. */
  readonly region?: readonly string[];
  /** ARN of the role that reads each account, with placeholders; missing: the file's. */
  readonly assumeRole?: string;
  /** External id that this role requires, with placeholders; missing: none. */
  readonly externalId?: string;
}

/** Every account and region of a fleet file. @throws UnusableInput when the file is invalid */
export const readTargets = (file: string): readonly FleetTarget[] => asUnusableInput(() => targetsOf(readFleet(file)));

/**
 * The accounts and regions that are selected, in the order of the file.
 *
 * @param targets of the file, where they are read already
 * @throws UnusableInput when the file is invalid, or has none of the selected stacks
 */
export function selectTargets(
  { fleet, account, region, signal, assumeRole, externalId }: FleetSelection,
  targets = readTargets(fleet),
): readonly FleetTarget[] {
  checkNames("account", account, targets, fleet);
  checkNames("region", region, targets, fleet);
  const selected = targets.filter(
    (target) => (account?.includes(target.account) ?? true) && (region?.includes(target.region) ?? true),
  );
  if (selected.length === 0) {
    throw new UnusableInput(
      `--account and --region must select a stack of ${fleet}, got ${(account ?? []).join(", ")} and ${(region ?? []).join(", ")}. Leave one of the two out.`,
    );
  }
  const withSignal = selected.filter((target) => signalsOf(target, signal).length > 0);
  if (withSignal.length === 0) {
    throw new UnusableInput(
      `--signal must be a signal that a stack of ${fleet} has a stream for, got ${String(signal)}. Choose the other one.`,
    );
  }
  if (assumeRole === undefined) {
    return withSignal;
  }
  const role = { arn: assumeRole, externalId };
  return asUnusableInput(() => withSignal.map((target) => readWithRole(target, role, ROLE_OPTIONS)));
}

const ROLE_OPTIONS = { arn: "--assume-role", externalId: "--external-id" };

/** Converts errors about a fleet file or a role into UnusableInput. */
function asUnusableInput<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Error ? new UnusableInput(error.message) : error;
  }
}

function checkNames(
  property: "account" | "region",
  names: readonly string[] | undefined,
  targets: readonly FleetTarget[],
  file: string,
): void {
  const known = new Set(targets.map((target) => target[property]));
  const unknown = (names ?? []).filter((name) => !known.has(name));
  if (unknown.length > 0) {
    throw new UnusableInput(
      `--${property} must be one of the ${property}s in ${file}, got ${unknown.join(", ")}. Choose from ${cappedNames([...known])}.`,
    );
  }
}
