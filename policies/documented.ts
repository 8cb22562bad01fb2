/**
 * Whether a backup prefix is the documented one, alone or after a prefix of the deployment such as `eu-west-1/`, which
 * lets deployments share a bucket.
 */
export const isDocumentedPrefix = (prefix: string, documented: string): boolean =>
  prefix === documented || prefix.endsWith(`/${documented}`);
