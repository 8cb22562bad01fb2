import { HTTP } from "../kloudfuse";
import { finding } from "../outcomes";
import type { Policy } from "../policy";

export const encryptionAccessKey: Policy = {
  id: "KFF-ENC-003",
  severity: "warning",
  title: "The access key is in Secrets Manager",
  why: "An access_key is plain text in the state, and whoever reads the state can send as you.",
  source: "Amazon Data Firehose, Authenticate with AWS Secrets Manager",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) =>
      resource.get(`${HTTP}.access_key`) === undefined
        ? []
        : [finding(resource, "access_key is set", "Use access_key_secret_arn instead.")],
    ),
};
