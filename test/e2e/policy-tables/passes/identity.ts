import { copyOfBase } from "../copy";
import type { PassRow } from "../row";

/** Two right deployments in one root. */
export const IDENTITY_PASSES: readonly PassRow[] = [
  {
    name: "two environments, each with its host",
    hcl: () => copyOfBase({ suffix: "stage", edits: [["kfuse.example.com", "kfuse-stage.example.com"]] }),
  },
  {
    name: "two regions with streams of one name",
    providers: ["ireland"],
    hcl: () => copyOfBase({ suffix: "ireland", provider: "ireland", hasSameNames: true }),
  },
  {
    name: "two accounts with roles and streams of one name",
    providers: ["other_account"],
    hcl: () =>
      copyOfBase({
        suffix: "other",
        provider: "other_account",
        hasSameNames: true,
        edits: [['"${var.name}-firehose"', '"${var.name}-firehose-role"']],
      }).replaceAll("-firehose-role", "-firehose"),
  },
];
