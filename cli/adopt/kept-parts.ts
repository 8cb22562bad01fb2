/** What stays as it is, and is used as it is. Every command's help loads this file. */
export const KEPT_PARTS = ["role", "bucket", "sources"] as const;

export type KeptPart = (typeof KEPT_PARTS)[number];
