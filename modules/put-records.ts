import { ACTIONS } from "../iam/documented-actions";
import type { Location } from "./location";
import type { PolicyDocumentProps } from "./policy-document";

/** The condition that a key is only used through these services of the region. */
export function viaServices(
  { region, dnsSuffix }: Location,
  services: readonly string[],
): { readonly test: string; readonly variable: string; readonly values: string[] } {
  return {
    test: "StringEquals",
    variable: "kms:ViaService",
    values: services.map((service) => `${service}.${region}.${dnsSuffix}`),
  };
}

/** The ARN of a delivery stream, built from its name: resources that use it do not depend on the stream. */
export const deliveryStreamArn = ({ accountId, partition, region }: Location, streamName: string): string =>
  `arn:${partition}:firehose:${region}:${accountId}:deliverystream/${streamName}`;

/** The permissions to put records on a delivery stream, and to use its KMS key if it has one. */
export function putRecordsPermissions(
  streamArn: string,
  kmsKeyArn: string | undefined,
  location: Location,
): Pick<PolicyDocumentProps, "statements" | "optionalStatements"> {
  return {
    statements: [{ sid: "PutRecords", actions: [...ACTIONS.putRecords], resources: [streamArn] }],
    optionalStatements: [
      {
        input: kmsKeyArn,
        statement: (arn) => ({
          sid: "UseKmsKey",
          actions: [...ACTIONS.useStreamKey],
          resources: [arn],
          condition: [viaServices(location, ["firehose"])],
        }),
      },
    ],
  };
}
