/** What differs between AWS partitions. */
interface Partition {
  /** Prefix of its region codes. */
  readonly regionPrefix: string;
  /** Domain of its service endpoints, also in the values of `kms:ViaService`. */
  readonly dnsSuffix: string;
  /** Service principals of CloudWatch Logs; the first one is preferred. */
  readonly logsPrincipals: readonly string[];
}

/**
 * AWS's partitions. Sources: AWS General Reference, region codes; the AWS provider's `aws_partition` and
 * `aws_service_principal`. In China, AWS's documentation shows both names of CloudWatch Logs.
 */
const PARTITIONS: Readonly<Record<string, Partition>> = {
  aws: { regionPrefix: "", dnsSuffix: "amazonaws.com", logsPrincipals: ["logs.amazonaws.com"] },
  "aws-cn": {
    regionPrefix: "cn-",
    dnsSuffix: "amazonaws.com.cn",
    logsPrincipals: ["logs.amazonaws.com.cn", "logs.amazonaws.com"],
  },
  "aws-us-gov": { regionPrefix: "us-gov-", dnsSuffix: "amazonaws.com", logsPrincipals: ["logs.amazonaws.com"] },
  "aws-iso": { regionPrefix: "us-iso-", dnsSuffix: "c2s.ic.gov", logsPrincipals: ["logs.c2s.ic.gov"] },
  "aws-iso-b": { regionPrefix: "us-isob-", dnsSuffix: "sc2s.sgov.gov", logsPrincipals: ["logs.sc2s.sgov.gov"] },
  "aws-iso-e": { regionPrefix: "eu-isoe-", dnsSuffix: "cloud.adc-e.uk", logsPrincipals: ["logs.amazonaws.com"] },
  "aws-iso-f": { regionPrefix: "us-isof-", dnsSuffix: "csp.hci.ic.gov", logsPrincipals: ["logs.amazonaws.com"] },
  "aws-eusc": { regionPrefix: "eusc-", dnsSuffix: "amazonaws.eu", logsPrincipals: ["logs.amazonaws.com"] },
};

/** The partition that a region belongs to. */
export function partitionOfRegion(region: string): string {
  const others = Object.entries(PARTITIONS).filter(([, { regionPrefix }]) => regionPrefix !== "");
  return others.find(([, { regionPrefix }]) => region.startsWith(regionPrefix))?.[0] ?? "aws";
}

/** The service principals of CloudWatch Logs in a partition; undefined: those of every partition. */
export const logsPrincipals = (partition: string | undefined): readonly string[] =>
  unique(
    partitions(partition)
      .map((each) => each.logsPrincipals)
      .flat(),
  );

/** The values of `kms:ViaService` for a service in a partition; undefined: those of every partition. */
export const viaServiceNames = (service: string, region: string, partition: string | undefined): readonly string[] =>
  unique(partitions(partition).map(({ dnsSuffix }) => `${service}.${region}.${dnsSuffix}`));

function partitions(partition: string | undefined): readonly Partition[] {
  const known = partition === undefined ? undefined : PARTITIONS[partition];
  return known === undefined ? Object.values(PARTITIONS) : [known];
}

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
