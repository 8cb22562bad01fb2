import type { Kloudfuse } from "./kloudfuse";

/** The severities, the highest first; a note never changes the exit code. */
export const SEVERITIES = ["error", "warning", "note"] as const;

export type Severity = (typeof SEVERITIES)[number];

/** The outcome of a policy for one resource: it breaks the policy, or the plan does not show whether it does. */
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
  /** `KFF-<family>-<number>`; never changes, and is never reused for another policy. */
  readonly id: string;
  readonly severity: Severity;
  /** What is true if nothing breaks the policy. */
  readonly title: string;
  /** One sentence. */
  readonly why: string;
  /** The guide, AWS's documentation, or equivalent rules of scanners. */
  readonly source: string;
  readonly check: (kloudfuse: Kloudfuse) => readonly PolicyOutcome[];
}
