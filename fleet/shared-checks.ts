import { asString } from "../iam/json";
import { type InputName, inputOf, INPUTS, variableName } from "../modules/inputs";
import type { MergedAccount } from "./merge";
import type { Problems } from "./problems";
import { isRoleShared, MAX_REGIONS_PER_ROLE } from "./role";
import { accountTargets, type FleetTarget } from "./targets";

/** Checks what must differ between stacks, and how many stacks can share a role. */
export function checkShared(accounts: readonly MergedAccount[], problems: Problems): void {
  for (const merged of accounts) {
    checkRole(merged, problems);
    checkTopic(merged, problems);
  }
  const targets = accounts.flatMap(({ account, inputPath }) =>
    accountTargets(account, undefined).map((target) => ({ target, inputPath })),
  );
  checkUnique(targets, problems, {
    input: "metricStreamRoleName",
    isUsed: (target) => isTrue(target, "createMetricStream") && isTrue(target, "createMetricStreamRole"),
    keyOf: (target, name) => `${target.account} ${name}`,
    rule: "differ between the regions of an account",
    advice: "Put {region} into it, or leave it out.",
  });
  checkUnique(targets, problems, {
    input: "backupBucketName",
    isUsed: (target) => isTrue(target, "createBackupBucket"),
    keyOf: (_target, name) => name,
    rule: "differ between accounts and regions",
    advice: "Put {account} and {region} into it, or leave it out.",
  });
  checkUnique(targets, problems, {
    input: "backupBucketArn",
    isUsed: () => true,
    keyOf: (target, arn) => `${arn} ${String(valueIn(target, "backupPrefix"))}`,
    rule: "have a backup_prefix of its own in each stack that shares the bucket",
    advice: "Set backup_prefix to {account}/{region}/.",
  });
}

function checkRole({ account, inputPath }: MergedAccount, problems: Problems): void {
  const count = account.regions.length;
  if (count <= MAX_REGIONS_PER_ROLE || !isRoleShared(account)) {
    return;
  }
  const creates = account.inputs[variableName("createRole")] !== false;
  const variable = creates ? variableName("roleName") : variableName("roleArn");
  const set = asString(account.inputs[variable]) ?? INPUTS.roleName.default;
  problems.add(
    `${inputPath(variable)} must contain {region} for more than ${MAX_REGIONS_PER_ROLE} regions, ` +
      `got "${set}" for ${count}. Put {region} into it, ` +
      `such as ${set}-{region}: only the policies of ${MAX_REGIONS_PER_ROLE} regions fit in a role.`,
  );
}

/** Rejects a topic without alarms, to which nothing would publish. */
function checkTopic({ account: { inputs }, inputPath }: MergedAccount, problems: Problems): void {
  const [create, topic] = [variableName("createAlarms"), variableName("createAlarmTopic")];
  if (inputs[topic] === true && inputs[create] !== true) {
    problems.add(
      `${inputPath(topic)} must be false unless ${inputPath(create)} is true, got true. ` +
        `Set ${inputPath(create)} to true, or remove ${inputPath(topic)}.`,
    );
  }
}

/** A target, and the paths of its inputs in the file. */
interface LocatedTarget extends Pick<MergedAccount, "inputPath"> {
  readonly target: FleetTarget;
}

interface UniqueInput {
  readonly input: InputName;
  /** Whether the input has an effect. */
  readonly isUsed: (target: FleetTarget) => boolean;
  /** What must be unique. */
  readonly keyOf: (target: FleetTarget, value: string) => string;
  /** Completes the sentence "<input> must …". */
  readonly rule: string;
  readonly advice: string;
}

function checkUnique(
  targets: readonly LocatedTarget[],
  problems: Problems,
  { input, isUsed, keyOf, rule, advice }: UniqueInput,
): void {
  const variable = variableName(input);
  const first = new Map<string, FleetTarget>();
  for (const { target, inputPath } of targets) {
    const value = target.inputs[variable];
    if (typeof value !== "string" || !isUsed(target)) {
      continue;
    }
    const other = first.get(keyOf(target, value));
    if (other === undefined) {
      first.set(keyOf(target, value), target);
    } else {
      const label = inputPath(variable);
      problems.add(
        `${label} must ${rule}, got "${value}" for ${placeOf(other)} and ${placeOf(target)}. ${advice}`,
        `${label} ${rule}`,
      );
    }
  }
}

const placeOf = ({ account, region }: FleetTarget): string => `${account} ${region}`;

const valueIn = ({ inputs }: FleetTarget, name: InputName): unknown =>
  inputs[variableName(name)] ?? inputOf(name).default;

const isTrue = (target: FleetTarget, name: InputName): boolean => valueIn(target, name) === true;
