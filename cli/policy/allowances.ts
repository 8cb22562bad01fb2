import { UnusableInput } from "../exit-codes";

/** Findings that are intended: those of a policy, everywhere or at one address. */
export interface Allowance {
  /** As the user typed it. */
  readonly text: string;
  readonly policy: string;
  /** Address of a resource, or of a module with all that is in it; undefined: everywhere. */
  readonly address: string | undefined;
  readonly reason: string;
}

// An address may hold = and @ in the key of an instance: module.k["a=b"].aws_s3_bucket.b[0].
const ALLOWANCE = /^([^=@]+)(?:@((?:[^=["]|\["(?:\\.|[^"\\])*"\]|\[\d+\])+))?=(.*\S.*)$/s;

/**
 * Reads the values of `--allow`: `<policy>=<reason>` or `<policy>@<address>=<reason>`.
 *
 * @throws UnusableInput for another form, and for a policy that does not exist
 */
export function readAllowances(texts: readonly string[], policies: readonly string[]): readonly Allowance[] {
  return texts.map((text) => {
    const [, policy, address, reason] = ALLOWANCE.exec(text) ?? [];
    if (policy === undefined || reason === undefined) {
      throw new UnusableInput(
        `--allow must be <policy>=<reason> or <policy>@<address>=<reason> (got "${text}"). Add why it is allowed.`,
      );
    }
    if (!policies.includes(policy)) {
      throw new UnusableInput(`--allow must name a policy (got "${policy}"). The policies: ${policies.join(", ")}.`);
    }
    return { text, policy, address, reason: reason.trim() };
  });
}

/** The allowance of a finding; one for an address counts before one for every address. */
export function allowanceOf(allowances: readonly Allowance[], policy: string, address: string): Allowance | undefined {
  const own = allowances.filter((allowance) => allowance.policy === policy);
  return (
    own.find((allowance) => allowance.address !== undefined && covers(allowance.address, address)) ??
    own.find((allowance) => allowance.address === undefined)
  );
}

const covers = (allowed: string, address: string): boolean =>
  address === allowed || address.startsWith(`${allowed}.`) || address.startsWith(`${allowed}[`);
