import { HTTP } from "../kloudfuse";
import { finding, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const encryptionAccessKey: Policy = {
  id: "KFF-ENC-003",
  severity: "warning",
  title: "The access key is in Secrets Manager",
  why: "An access_key is plain text in the state: anyone who can read the state can send data in your name.",
  source: "Amazon Data Firehose, Authenticate with AWS Secrets Manager",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) => {
      const key = resource.get(`${HTTP}.access_key`);
      if (key === UNKNOWN) {
        return [unknown(resource, "access_key")];
      }
      // The provider keeps a key that is not there as an empty text.
      return key === undefined || key === ""
        ? []
        : [finding(resource, "access_key is set", "Use access_key_secret_arn instead.")];
    }),
};
