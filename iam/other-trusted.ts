import type { Condition, Statement } from "./statement";

/** Somebody beside the services that a role is for, on behalf of this account, who may assume it. */
export interface OtherTrusted<S extends Statement = Statement> {
  /**
   * - `principal`: a principal of AWS, such as an account, a user or another role
   * - `everyone`: `*`, or everybody whom `NotPrincipal` does not name
   * - `service`: another service
   * - `federated`: people or programs whom an identity provider vouches for
   * - `confusedDeputy`: a service that the role is for, on behalf of another account
   * - `unknown`: not known
   */
  readonly kind: "principal" | "everyone" | "service" | "federated" | "confusedDeputy" | "unknown";
  /** As the policy names it, such as `AWS:*` or `Service:logs.amazonaws.com`. */
  readonly principal: string;
  /** Another account on whose behalf the service may assume the role, where one is known. */
  readonly accountId?: string;
  /** Whether they may for certain; else a part that matters is not known. */
  readonly isCertain: boolean;
  /** Undefined where a policy is not known. */
  readonly statement: S | undefined;
  /** The conditions that could not be determined. */
  readonly conditions: readonly Condition[];
}

/** Somebody whom a statement trusts. */
export type Trusted = Omit<OtherTrusted, "statement">;
