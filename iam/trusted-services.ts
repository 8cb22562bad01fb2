import { logsPrincipals } from "./partitions";

/** A service that may assume the role. */
export type TrustedService = "firehose" | "logs";

/** The services that may assume the role, each with the condition that prevents the confused deputy. */
export const TRUSTED_SERVICES = {
  firehose: "StringEquals sts:ExternalId",
  logs: "StringLike aws:SourceArn",
} as const satisfies Record<TrustedService, string>;

export const TRUSTED_SERVICE_NAMES = ["firehose", "logs"] as const satisfies readonly TrustedService[];

/** The service's principal in a partition, without `Service:`. */
export const principalOf = (service: TrustedService, partition: string | undefined): string =>
  documentedPrincipals(service, partition)[0] ?? "";

/**
 * The trusted service behind a principal such as `Service:logs.amazonaws.com`. CloudWatch Logs also has a name in each
 * region, such as `logs.eu-west-1.amazonaws.com`.
 *
 * @param partition undefined where it is not known: the names of every partition count
 */
export function trustedServiceOf(principal: string, partition: string | undefined): TrustedService | undefined {
  const host = /^Service:(.*)$/.exec(principal)?.[1];
  return host === undefined
    ? undefined
    : TRUSTED_SERVICE_NAMES.find((service) => documentedPrincipals(service, partition).includes(globalName(host)));
}

/** Start of the name of CloudWatch Logs in a region. */
const REGIONAL = /^logs\.([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)\./;

/** The name of CloudWatch Logs in a region without the region; any other name as it is. */
export const globalName = (host: string): string => host.replace(REGIONAL, "logs.");

/** The region in a principal such as `Service:logs.eu-west-1.amazonaws.com`; undefined in any other. */
export const logsRegionOf = (principal: string): string | undefined =>
  REGIONAL.exec(principal.replace(/^Service:/, ""))?.[1];

const documentedPrincipals = (service: TrustedService, partition: string | undefined): readonly string[] =>
  service === "firehose" ? ["firehose.amazonaws.com"] : logsPrincipals(partition);
