/**
 * The values of `--keep`: parts that Terraform uses, but does not manage. The help of every command loads this file.
 */
export const KEPT_PARTS = ["role", "bucket", "sources"] as const;

export type KeptPart = (typeof KEPT_PARTS)[number];
