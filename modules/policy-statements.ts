import { ASSUME_ACTIONS } from "../iam/documented-actions";
import { principalOf } from "../iam/trusted-services";
import { TLS_ONLY_SID } from "./resource-names";

/** A statement of a policy, with strings or tokens as its values. */
export interface FixedStatement {
  readonly sid: string;
  /** @default "Allow" */
  readonly effect?: "Allow" | "Deny";
  readonly actions: string[];
  readonly resources?: string[];
  readonly principals: { readonly type: string; readonly identifiers: string[] }[];
  readonly condition: { readonly test: string; readonly variable: string; readonly values: string[] }[];
}

/** The values that the trust policies contain. */
export interface TrustLocation {
  readonly accountId: string;
  readonly partition: string;
  readonly logsServicePrincipal: string;
}

/** The trust policy of the delivery role: each service on behalf of the account only. */
export const deliveryTrustStatements = ({
  accountId,
  partition,
  logsServicePrincipal,
}: TrustLocation): FixedStatement[] => [
  trustStatement("Firehose", principalOf("firehose", undefined), {
    test: "StringEquals",
    variable: "sts:ExternalId",
    values: [accountId],
  }),
  trustStatement("CloudWatchLogs", logsServicePrincipal, {
    test: "StringLike",
    variable: "aws:SourceArn",
    values: [`arn:${partition}:logs:*:${accountId}:*`],
  }),
];

/** The trust policy of the metric stream's role. */
export const metricStreamTrustStatements = ({ accountId }: Pick<TrustLocation, "accountId">): FixedStatement[] => [
  trustStatement("CloudWatchMetricStreams", principalOf("metricStreams", undefined), {
    test: "StringEquals",
    variable: "aws:SourceAccount",
    values: [accountId],
  }),
];

const trustStatement = (
  sid: string,
  service: string,
  condition: FixedStatement["condition"][number],
): FixedStatement => ({
  sid,
  actions: [ASSUME_ACTIONS.assumeRole],
  principals: [{ type: "Service", identifiers: [service] }],
  condition: [condition],
});

/** The policy of the backup bucket: requests without TLS are denied. */
export const tlsOnlyStatements = (bucketArn: string): FixedStatement[] => [
  {
    sid: TLS_ONLY_SID,
    effect: "Deny",
    principals: [{ type: "*", identifiers: ["*"] }],
    actions: ["s3:*"],
    resources: [bucketArn, `${bucketArn}/*`],
    condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
  },
];
