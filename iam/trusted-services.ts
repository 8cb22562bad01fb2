import { logsPrincipals } from "./partitions";

/** A service that may assume a role of the deployment. */
export type TrustedService = "firehose" | "logs" | "metricStreams";

/** The services that may assume a role, each with the condition that prevents the confused deputy. */
export const TRUSTED_SERVICES = {
  firehose: "StringEquals sts:ExternalId",
  logs: "StringLike aws:SourceArn",
  metricStreams: "StringEquals aws:SourceAccount",
} as const satisfies Record<TrustedService, string>;

/** The services that may assume the delivery role. */
export const TRUSTED_SERVICE_NAMES = ["firehose", "logs"] as const satisfies readonly TrustedService[];

/** The service that may assume the role of a metric stream. */
export const METRIC_STREAM_SERVICES = ["metricStreams"] as const satisfies readonly TrustedService[];

/** The service principal in a partition, without `Service:`. */
export const principalOf = (service: TrustedService, partition: string | undefined): string =>
  documentedPrincipals(service, partition)[0] ?? "";

/**
 * The trusted service behind a principal such as `Service:logs.amazonaws.com`. CloudWatch Logs also has a name in each
 * region, such as `logs.eu-west-1.amazonaws.com`.
 *
 * @param partition undefined: the names of every partition are accepted
 * @param services the services that the role is for; by default those of the delivery role
 */
export function trustedServiceOf(
  principal: string,
  partition: string | undefined,
  services: readonly TrustedService[] = TRUSTED_SERVICE_NAMES,
): TrustedService | undefined {
  const host = /^Service:(.*)$/.exec(principal)?.[1];
  return host === undefined
    ? undefined
    : services.find((service) => documentedPrincipals(service, partition).includes(globalName(host)));
}

/** Prefix of the name of CloudWatch Logs in a region. */
const REGIONAL = /^logs\.([a-z]{2,4}(?:-[a-z]+)+-[0-9]+)\./;

/** The regional name of CloudWatch Logs without the region; any other name unchanged. */
export const globalName = (host: string): string => host.replace(REGIONAL, "logs.");

/** The region in a principal such as `Service:logs.eu-west-1.amazonaws.com`; undefined in any other. */
export const logsRegionOf = (principal: string): string | undefined =>
  REGIONAL.exec(principal.replace(/^Service:/, ""))?.[1];

function documentedPrincipals(service: TrustedService, partition: string | undefined): readonly string[] {
  switch (service) {
    case "firehose":
      return ["firehose.amazonaws.com"];
    case "logs":
      return logsPrincipals(partition);
    case "metricStreams":
      return ["streams.metrics.cloudwatch.amazonaws.com"];
  }
}
