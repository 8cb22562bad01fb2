import { NodeHttpHandler, type NodeHttpHandlerOptions } from "@smithy/node-http-handler";
import type { AwsOptions } from "../options";

const CONNECT_TIMEOUT_MS = 5_000;
const REQUEST_TIMEOUT_MS = 60_000;

/** Credentials as the SDK's clients accept them. */
export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly expiration?: Date;
}

/** How to access AWS: by the options of the command line, or with the credentials of a role. */
export interface AwsAccess extends AwsOptions {
  /** Missing: those of the profile, or of the usual credential chain. */
  readonly credentials?: () => Promise<AwsCredentials>;
  /** Sends the requests of every client; missing: one for each client settings. */
  readonly requestHandler?: NodeHttpHandler;
}

/** The settings of every SDK client: the SDK's own credential and region chain, unless an option says otherwise. */
export interface ClientSettings {
  readonly region?: string;
  readonly profile?: string;
  readonly credentials?: () => Promise<AwsCredentials>;
  readonly maxAttempts: number;
  readonly requestHandler: NodeHttpHandler;
}

/** @param abortSignal ends the requests of the client; undefined for requests that must come to their end */
export function clientSettings(
  { region, profile, credentials, requestHandler }: AwsAccess,
  abortSignal: AbortSignal | undefined,
): ClientSettings {
  return {
    ...(region === undefined ? {} : { region }),
    ...(profile === undefined ? {} : { profile }),
    ...(credentials === undefined ? {} : { credentials }),
    maxAttempts: 4,
    requestHandler: requestHandler ?? requestHandlerOf(abortSignal),
  };
}

/** Sends requests; its connections stay open until it is destroyed. */
export function requestHandlerOf(abortSignal: AbortSignal | undefined): NodeHttpHandler {
  const options = {
    connectionTimeout: CONNECT_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    socketTimeout: REQUEST_TIMEOUT_MS,
  };
  return abortSignal === undefined ? new NodeHttpHandler(options) : new AbortableHandler(options, abortSignal);
}

/** Sends requests that a signal ends. */
class AbortableHandler extends NodeHttpHandler {
  public constructor(
    options: NodeHttpHandlerOptions,
    private readonly abortSignal: AbortSignal,
  ) {
    super(options);
  }

  public override async handle(
    ...[request, options]: Parameters<NodeHttpHandler["handle"]>
  ): ReturnType<NodeHttpHandler["handle"]> {
    return await super.handle(request, { ...options, abortSignal: this.abortSignal });
  }
}

/** The settings for S3: emulators have one host, and no host name for each bucket. */
export function bucketSettings(settings: ClientSettings): ClientSettings & {
  readonly forcePathStyle: boolean;
  readonly followRegionRedirects: boolean;
} {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env;
  return {
    ...settings,
    forcePathStyle: (AWS_ENDPOINT_URL ?? AWS_ENDPOINT_URL_S3) !== undefined,
    followRegionRedirects: true,
  };
}
