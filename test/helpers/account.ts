import type { AwsLocation } from "../../iam/request";

/** The account and the region of most tests, and what is in them. */
export const ACCOUNT = "123456789012";
export const LOCATION = { partition: "aws", region: "eu-west-1", accountId: ACCOUNT } satisfies AwsLocation;
export const SECRET_ARN = `arn:aws:secretsmanager:${LOCATION.region}:${ACCOUNT}:secret:kloudfuse-AbCdEf`;
export const [METRICS, LOGS] = ["kloudfuse-metrics", "kloudfuse-logs"];
