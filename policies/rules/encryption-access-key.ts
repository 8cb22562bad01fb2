import { HTTP } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

const PATH = `${HTTP}.access_key`;

export const encryptionAccessKey: Policy = {
  id: "KFF-ENC-003",
  severity: "warning",
  title: "The access key is in Secrets Manager",
  why: "Terraform keeps an access_key as plain text in the state: everybody who can read the state can send data.",
  source: "Amazon Data Firehose, Authenticate with AWS Secrets Manager",
  check: ({ streams }) =>
    streams.flatMap(({ resource }) => {
      const key = resource.get(PATH);
      if (key === UNKNOWN) {
        return [unknownOutcome(resource, "access_key")];
      }
      // The provider writes a missing key as an empty string.
      return key === undefined || key === ""
        ? []
        : [finding(resource, "access_key is set", "Use secrets_manager_configuration instead.")];
    }),
};
