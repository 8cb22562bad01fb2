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
  check: ({ streams }) =>
    streams.flatMap(({ resource, signal }, index) => [
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
      ...streams
        .slice(0, index)
        .filter((other) => failedDataOf(other) !== undefined && failedDataOf(other) === failedDataOf(streams[index]))
        .map((other) =>
          finding(
            resource,
            `it writes failed data to the same bucket and prefix as ${other.resource.address}`,
            "Give each deployment a backup_prefix of its own, or a bucket of its own.",
          ),
        ),
    ]),
};

/** Where a stream writes failed data; undefined where that is not known. */
function failedDataOf(stream: Stream | undefined): string | undefined {
  if (stream === undefined || stream.bucket === UNKNOWN || stream.bucket.arn === "") {
    return undefined;
  }
  const errorOutputPrefix = stream.resource.text(`${BACKUP}.error_output_prefix`);
  const prefix = errorOutputPrefix === undefined || errorOutputPrefix === "" ? stream.prefix : errorOutputPrefix;
  return prefix === UNKNOWN ? undefined : `${stream.bucket.arn}/${prefix ?? ""}`;
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
