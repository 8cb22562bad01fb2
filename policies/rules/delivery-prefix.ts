import { asString } from "../../iam/json";
import { SIGNAL_NAMES, SIGNALS } from "../../modules/signals";
import { isDocumentedPrefix } from "../documented";
import { ERROR_OUTPUT_PREFIX, failedDataPrefix, PREFIX } from "../buckets/failed-data";
import type { Kloudfuse, PlannedStream } from "../kloudfuse";
import { checkAttribute, finding, unknownOutcome } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

export const deliveryPrefix: Policy = {
  id: "KFF-DEL-004",
  severity: "error",
  title: "Failed data is under the documented prefix, and each stream has its own prefix",
  why: "The guide, the permissions and the on-call engineer look for it there, and under a shared prefix nobody knows whose data failed.",
  source: "Guide, steps 2 and 3; Amazon Data Firehose, Custom prefixes for Amazon S3 objects",
  check: (kloudfuse) => {
    const firsts = new Map<string, PlannedStream>();
    return kloudfuse.streams.flatMap((stream) => {
      const place = placeOf(kloudfuse, stream);
      const first = place === undefined ? undefined : firsts.get(place);
      if (place !== undefined && first === undefined) {
        firsts.set(place, stream);
      }
      return [
        ...documentedPrefix(stream),
        ...errorOutputPrefix(kloudfuse, stream),
        ...(first === undefined
          ? []
          : [
              finding(
                stream.resource,
                `it writes failed data to the same bucket and prefix as ${first.resource.address}`,
                "Give each deployment a backup_prefix of its own, or a bucket of its own.",
              ),
            ]),
      ];
    });
  },
};

function documentedPrefix({ resource, signal }: PlannedStream): PolicyOutcome[] {
  const documented = (signal === undefined ? SIGNAL_NAMES.map((name) => SIGNALS[name]) : [signal]).map(
    ({ failurePrefix }) => failurePrefix,
  );
  return checkAttribute(
    resource,
    PREFIX,
    (prefix) => documented.some((each) => isDocumentedPrefix(String(prefix), each)),
    `Use ${documented.join(" or ")}, or put the deployment's own prefix and a / in front of it.`,
  );
}

/** Where a stream writes failed data; undefined where that is not known. */
function placeOf(kloudfuse: Kloudfuse, stream: PlannedStream): string | undefined {
  const place = stream.bucket.resource?.address ?? stream.bucket.value;
  const { prefix } = failedDataPrefix(kloudfuse, stream);
  return typeof place !== "string" || prefix === UNKNOWN ? undefined : `${place}/${prefix}`;
}

/** Firehose's rules: known namespaces, and the error output type if there are expressions. */
function errorOutputPrefix({ plan }: Kloudfuse, { resource }: PlannedStream): PolicyOutcome[] {
  const prefix = plan.isOmitted(resource, ERROR_OUTPUT_PREFIX) ? undefined : resource.get(ERROR_OUTPUT_PREFIX);
  if (prefix === UNKNOWN) {
    return [unknownOutcome(resource, ERROR_OUTPUT_PREFIX)];
  }
  return expressionFaults(asString(prefix) ?? "").map((found) =>
    finding(resource, found, "Remove error_output_prefix, or use valid expressions."),
  );
}

const NAMESPACES = ["timestamp", "firehose"];

function expressionFaults(prefix: string): string[] {
  const namespaces = [...prefix.matchAll(/!\{([^:}]*)/g)].map(([, namespace = ""]) => namespace);
  return [
    ...namespaces
      .filter((namespace) => !NAMESPACES.includes(namespace))
      .map((namespace) => `error_output_prefix uses the namespace ${namespace}`),
    ...(namespaces.length > 0 && !prefix.includes("!{firehose:error-output-type}")
      ? ["error_output_prefix has expressions but not !{firehose:error-output-type}"]
      : []),
  ];
}
