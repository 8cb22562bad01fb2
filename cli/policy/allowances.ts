import { UnusableInput } from "../exit-codes";

/** Allows outcomes of a policy that are intended, everywhere or at one address. */
export interface Allowance {
  /** As the user typed it. */
  readonly text: string;
  readonly policy: string;
  /**
   * Address of a resource, or of a module with all that is in it; of a fleet also a stack, or what is in it, as in
   * `<stack>.<address>`. Undefined: everywhere.
   */
  readonly address: string | undefined;
  readonly reason: string;
}

// An address may hold = and @ in the key of an instance: module.k["a=b"].aws_s3_bucket.b[0].
const ALLOWANCE = /^([^=@]+)(?:@((?:[^=["]|\["(?:\\.|[^"\\])*"\]|\[\d+\])+))?=(.*\S.*)$/s;

/**
 * Reads the values of `--allow`: `<policy>=<reason>` or `<policy>@<address>=<reason>`.
 *
 * @throws UnusableInput when the form is invalid, or the policy does not exist
 */
export function readAllowances(texts: readonly string[], policies: readonly string[]): readonly Allowance[] {
  return texts.map((text) => {
    const [, policy, address, reason] = ALLOWANCE.exec(text) ?? [];
    if (policy === undefined || reason === undefined) {
      throw new UnusableInput(
        `--allow must be <policy>=<reason> or <policy>@<address>=<reason>, got "${text}". Add why it is allowed.`,
      );
    }
    if (!policies.includes(policy)) {
      throw new UnusableInput(`--allow must name a policy, got "${policy}". The policies: ${policies.join(", ")}.`);
    }
    return { text, policy, address, reason: reason.trim() };
  });
}

/**
 * The allowance of an outcome: the one of the longest address; of equal ones, the first.
 *
 * @param stack the stack of a fleet that the address is in
 */
export function allowanceOf(
  allowances: readonly Allowance[],
  policy: string,
  address: string,
  stack?: string,
): Allowance | undefined {
  const addresses = [address, ...(stack === undefined ? [] : [`${stack}.${address}`])];
  return allowances
    .filter((allowance) => allowance.policy === policy && addresses.some((each) => covers(allowance.address, each)))
    .reduce<Allowance | undefined>(
      (best, allowance) =>
        best === undefined || (allowance.address ?? "").length > (best.address ?? "").length ? allowance : best,
      undefined,
    );
}

/** Why an allowance has no effect, and what to do about it. */
export function unusedMessage(unused: Allowance, allowances: readonly Allowance[]): string {
  const first = allowances.find(({ policy, address }) => policy === unused.policy && address === unused.address);
  return first === undefined || first === unused
    ? `--allow "${unused.text}" matches nothing. Remove it.`
    : `--allow "${unused.text}" repeats --allow "${first.text}", which takes effect. Remove one of them.`;
}

const covers = (allowed: string | undefined, address: string): boolean =>
  allowed === undefined ||
  address === allowed ||
  address.startsWith(`${allowed}.`) ||
  address.startsWith(`${allowed}[`);
