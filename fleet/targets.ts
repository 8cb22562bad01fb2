import type { Fleet, FleetAccount, FleetState, VariableValues } from "./fleet";
import { replacePlaceholders, textAt } from "./placeholders";
import { sharedRoleArn } from "./role";

/** One account and region: a stack deploys it, and a command checks it. All placeholders are replaced. */
export interface FleetTarget {
  /** Id of the stack: `kloudfuse-firehose-<account>-<region>`. */
  readonly stackId: string;
  readonly account: string;
  readonly region: string;
  readonly assumeRole?: string;
  readonly externalId?: string;
  readonly inputs: VariableValues;
  /** Undefined: a local file. */
  readonly state?: FleetState;
  /** The role that the account's first region creates, for the others; undefined: the inputs decide. */
  readonly sharedRole?: { readonly arn: string; readonly stackId: string };
}

/** Every account and region of a fleet, in the order of the file. */
export function targetsOf(fleet: Fleet): readonly FleetTarget[] {
  return fleet.accounts.flatMap((account) => accountTargets(account, fleet.state));
}

/** The regions of one account, in the order of the file. */
export function accountTargets(account: FleetAccount, state: FleetState | undefined): readonly FleetTarget[] {
  const { id, assumeRole, externalId, regions, inputs } = account;
  const roleArn = sharedRoleArn(account);
  return regions.map((region, index) => {
    const place = { account: id, region };
    return {
      stackId: stackIdOf(id, region),
      account: id,
      region,
      ...(assumeRole === undefined ? {} : { assumeRole: textAt(assumeRole, place) }),
      ...(externalId === undefined ? {} : { externalId: textAt(externalId, place) }),
      inputs: Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [name, replacePlaceholders(value, place)]),
      ),
      ...(state === undefined ? {} : { state: stateAt(state, place) }),
      ...(roleArn === undefined || index === 0
        ? {}
        : { sharedRole: { arn: roleArn, stackId: stackIdOf(id, regions[0] ?? "") } }),
    };
  });
}

const stackIdOf = (account: string, region: string): string => `kloudfuse-firehose-${account}-${region}`;

/** The state of one stack. */
function stateAt(state: FleetState, place: { readonly account: string; readonly region: string }): FleetState {
  return state.type === "s3"
    ? { ...state, key: textAt(state.key, place) }
    : { ...state, workspace: textAt(state.workspace, place) };
}
