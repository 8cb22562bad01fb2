import type { Condition, Statement } from "./statement";

/** A principal that can assume a role, other than the services that the role is for, on behalf of this account. */
export interface OtherTrustedPrincipal<S extends Statement = Statement> {
  /**
   * - `principal`: a principal of AWS, such as an account, a user or another role
   * - `everyone`: `*`, or everybody that `NotPrincipal` does not name
   * - `service`: another service
   * - `federated`: identities of an identity provider
   * - `confusedDeputy`: a service that the role is for, on behalf of another account
   * - `unknown`: not known
   */
  readonly kind: "principal" | "everyone" | "service" | "federated" | "confusedDeputy" | "unknown";
  /** As the policy names it, such as `AWS:*` or `Service:logs.amazonaws.com`. */
  readonly principal: string;
  /** Another account on whose behalf the service may assume the role, where one is known. */
  readonly accountId?: string;
  /** Whether it certainly can; else a relevant part is not known. */
  readonly isCertain: boolean;
  /** Undefined where a policy is not known. */
  readonly statement: S | undefined;
  /** The conditions that could not be determined. */
  readonly conditions: readonly Condition[];
}

/** A principal that a statement trusts. */
export type TrustedPrincipal = Omit<OtherTrustedPrincipal, "statement">;
