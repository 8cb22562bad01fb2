import type { Kloudfuse } from "./kloudfuse";

/** How much a finding matters, the most first; a note never changes the exit code. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** What a policy says of one resource: that it breaks the policy, or that the plan does not show. */
export interface PolicyOutcome {
  readonly kind: "finding" | "unknown";
  /** Address of the resource. */
  readonly address: string;
  readonly found: string;
  /** What to do. */
  readonly remedy: string;
}

/** A rule about a plan. */
export interface Policy {
  /** `KFF-<family>-<number>`; never changes, and is never used for another policy. */
  readonly id: string;
  readonly severity: Severity;
  /** What holds when the policy is kept. */
  readonly title: string;
  /** One sentence. */
  readonly why: string;
  /** The guide, AWS's documentation, or the rules of scanners that it matches. */
  readonly source: string;
  readonly check: (kloudfuse: Kloudfuse) => readonly PolicyOutcome[];
}
