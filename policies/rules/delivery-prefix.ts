import { isDocumentedPrefix } from "../documented";
import { BACKUP, type Stream } from "../kloudfuse";
import { attribute, finding } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const deliveryPrefix: Policy = {
  id: "KFF-DEL-004",
  severity: "error",
  title: "Failed data lies under the documented prefix, and each stream has one of its own",
  why: "The guide, the permissions and the on-call engineer look for it there, and streams of one name under one prefix cannot be told apart.",
  source: "Guide, steps 2 and 3; Amazon Data Firehose, Custom prefixes for Amazon S3 objects",
  check: ({ streams }) => {
    const earlier = new Map<string, Stream[]>();
    return streams.flatMap((stream) => {
      const { resource, signal } = stream;
      const place = failedDataOf(stream);
      const others = place === undefined ? [] : (earlier.get(place) ?? []);
      if (place !== undefined) {
        earlier.set(place, [...others, stream]);
      }
      return [
        ...(signal === undefined
          ? []
          : attribute(
              resource,
              `${BACKUP}.prefix`,
              (prefix) => isDocumentedPrefix(String(prefix), signal.failurePrefix),
              `Use ${signal.failurePrefix}, or put the deployment's own prefix and a / in front of it.`,
            )),
        ...prefixExpressions(resource.get(`${BACKUP}.error_output_prefix`)).map((found) =>
          finding(resource, found, "Leave error_output_prefix out, or use valid expressions."),
        ),
        ...others.map((other) =>
          finding(
            resource,
            `it writes failed data to the same bucket and prefix as ${other.resource.address}`,
            "Give each deployment a backup_prefix of its own, or a bucket of its own.",
          ),
        ),
      ];
    });
  },
};

/** Where a stream writes failed data; undefined where that is not known. */
function failedDataOf({ bucket, prefix, resource }: Stream): string | undefined {
  const place = bucket.resource?.address ?? bucket.value;
  const errorOutputPrefix = resource.text(`${BACKUP}.error_output_prefix`);
  const used = errorOutputPrefix === undefined || errorOutputPrefix === "" ? prefix : errorOutputPrefix;
  return typeof place !== "string" || used === UNKNOWN ? undefined : `${place}/${used ?? ""}`;
}

/** Firehose's rules: known namespaces, and no error type missing from an error output prefix. */
function prefixExpressions(prefix: unknown): string[] {
  if (typeof prefix !== "string" || prefix === "") {
    return [];
  }
  const unknownNamespaces = [...prefix.matchAll(/!\{([^:}]*)(:[^}]*)?\}/g)]
    .map(([, namespace]) => namespace ?? "")
    .filter((namespace) => !["timestamp", "firehose"].includes(namespace));
  return [
    ...unknownNamespaces.map((namespace) => `error_output_prefix uses the namespace ${namespace}`),
    ...(prefix.includes("!{") && !prefix.includes("!{firehose:error-output-type}")
      ? ["error_output_prefix has expressions but not !{firehose:error-output-type}"]
      : []),
  ];
}
