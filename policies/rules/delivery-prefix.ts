import { BACKUP } from "../kloudfuse";
import { attribute, finding } from "../outcomes";
import type { Policy } from "../policy";

export const deliveryPrefix: Policy = {
  id: "KFF-DEL-004",
  severity: "error",
  title: "Failed data lies under the documented prefix",
  why: "The guide, the permissions and whoever is paged look for it there.",
  source: "Guide, steps 2 and 3; Amazon Data Firehose, Custom prefixes for Amazon S3 objects",
  check: ({ streams }) =>
    streams.flatMap(({ resource, signal }) => [
      ...(signal === undefined
        ? []
        : attribute(
            resource,
            `${BACKUP}.prefix`,
            (prefix) => prefix === signal.failurePrefix,
            `Use ${signal.failurePrefix}.`,
          )),
      ...prefixExpressions(resource.get(`${BACKUP}.error_output_prefix`)).map((found) =>
        finding(resource, found, "Leave error_output_prefix out, or use valid expressions."),
      ),
    ]),
};

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
