import type { AwsOptions } from "../options";

const SECONDS_TO_CONNECT = 5;
const SECONDS_TO_ANSWER = 60;

/** The settings of every SDK client: the SDK's own credential and region chain, unless an option says otherwise. */
export interface ClientSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly maxAttempts: number;
  readonly requestHandler: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
    readonly socketTimeout: number;
  };
}

export function clientSettings({ region, profile }: AwsOptions): ClientSettings {
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    maxAttempts: 4,
    requestHandler: {
      connectionTimeout: SECONDS_TO_CONNECT * 1000,
      requestTimeout: SECONDS_TO_ANSWER * 1000,
      throwOnRequestTimeout: true,
      socketTimeout: SECONDS_TO_ANSWER * 1000,
    },
  };
}

/** S3's settings besides: emulators answer at one host, without a host name for every bucket. */
export function bucketSettings(options: AwsOptions): ClientSettings & {
  readonly forcePathStyle: boolean;
  readonly followRegionRedirects: boolean;
} {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env;
  return {
    ...clientSettings(options),
    forcePathStyle: (AWS_ENDPOINT_URL ?? AWS_ENDPOINT_URL_S3) !== undefined,
    followRegionRedirects: true,
  };
}
