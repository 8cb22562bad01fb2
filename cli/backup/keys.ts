import type { Backup, DeliveryStream } from "../aws/delivery-stream";

/** What an object under a stream's backup prefix holds, as its key says. */
export type KeyKind = "failed" | "delivered" | "foreign";

/**
 * The part of a backup prefix that is the same for every object, without AWS's expressions such as `!{timestamp:yyyy}`.
 */
export function fixedPrefix({ prefix, errorOutputPrefix }: Pick<Backup, "prefix" | "errorOutputPrefix">): string {
  const whole = errorOutputPrefix === "" ? prefix : errorOutputPrefix;
  return whole.split("!{")[0] ?? "";
}

/** Whether Firehose wrote the object for failed records of the stream. */
export const holdsFailures = (stream: DeliveryStream, key: string): boolean => keyKind(stream, key) === "failed";

/**
 * What Firehose wrote this object for. The key must be one that Firehose builds from the stream's own prefix: a bucket
 * may hold other deployments, with streams of the same name under other prefixes.
 */
export function keyKind({ name, destination }: DeliveryStream, key: string): KeyKind {
  if (destination === undefined) {
    return "foreign";
  }
  const { backup } = destination;
  const patterns = patternsOf.get(backup) ?? keyPatterns(name, backup);
  patternsOf.set(backup, patterns);
  if (patterns.failed?.test(key) === true) {
    return "failed";
  }
  return patterns.delivered?.test(key) === true ? "delivered" : "foreign";
}

interface KeyPatterns {
  /** Undefined where the key does not say whether its object holds failed or delivered data. */
  readonly failed: RegExp | undefined;
  /** Undefined where delivered data is not backed up. */
  readonly delivered: RegExp | undefined;
}

const patternsOf = new WeakMap<Backup, KeyPatterns>();

/** Firehose's error output type of records that an HTTP endpoint did not accept. */
export const HTTP_ERROR_OUTPUT_TYPE = "http-endpoint-failed";

/** `http-endpoint-failed`, `processing-failed` and others, one of them with underscores. */
const ERROR_TYPE = "[A-Za-z0-9_-]{1,64}[_-]failed";

/** Firehose appends the time to a prefix without one. Its documentation has it with and without the hour. */
const TIME = "(?:[0-9]{4}/[0-9]{2}/[0-9]{2}/(?:[0-9]{2}/)?)?";

/**
 * The keys of a stream's objects: the evaluated prefix, followed directly by the name of the stream, its version, the
 * time and a random suffix. The documentation promises no slash between them: its examples and rules differ.
 *
 * Source: Amazon Data Firehose, "Understand custom prefixes for Amazon S3 objects".
 */
function keyPatterns(name: string, { mode, prefix, errorOutputPrefix }: Backup): KeyPatterns {
  const file = `${escaped(name)}-[0-9]+-[0-9]{4}(?:-[0-9]{2}){5}-[^/]*$`;
  const inFolder = (folder: string): RegExp => new RegExp(`^${folder}/?${TIME}${file}`);
  const delivered = mode === "AllData" ? inFolder(evaluated(prefix)) : undefined;
  if (errorOutputPrefix !== "") {
    const isAmbiguous = delivered !== undefined && errorOutputPrefix === prefix;
    return {
      delivered: isAmbiguous ? undefined : delivered,
      failed: isAmbiguous ? undefined : inFolder(evaluated(errorOutputPrefix)),
    };
  }
  // Without an error prefix, the type of the error follows the prefix, and distinguishes failed from delivered data.
  const folder = `${evaluated(prefix)}/?${ERROR_TYPE}`;
  return { delivered, failed: inFolder(delivered === undefined ? `${evaluated(prefix)}(?:/?${ERROR_TYPE})?` : folder) };
}

/** A pattern for the prefixes that Firehose evaluates a prefix to. Every part is bounded: keys may be hostile. */
function evaluated(prefix: string): string {
  const parts = prefix.split(/(!\{[^}]*\})/).filter((part) => part !== "");
  return parts
    .map((part, index) =>
      part.startsWith("!{") ? expression(part.slice(2, -1), index === parts.length - 1) : escaped(part),
    )
    .join("");
}

/**
 * @param isLast whether the stream's name follows directly: then the length is fixed, so that it matches no part of
 * another name
 */
function expression(text: string, isLast: boolean): string {
  const [namespace = "", ...rest] = text.split(":");
  const value = rest.join(":");
  if (namespace === "timestamp") {
    return timestamp(value);
  }
  if (namespace !== "firehose") {
    return "[^/]{1,128}";
  }
  // Firehose's random strings have 11 characters.
  return value === "error-output-type" ? ERROR_TYPE : isLast ? "[A-Za-z0-9-]{11}" : "[A-Za-z0-9-]{1,64}";
}

/**
 * Translates a pattern of Java's DateTimeFormatter: runs of letters are fields; quoted text and the rest are literal.
 */
function timestamp(pattern: string): string {
  const parts = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']/g) ?? [];
  return parts.map(timestampPart).join("");
}

function timestampPart(part: string): string {
  if (part.startsWith("'")) {
    return escaped(part === "''" ? "'" : part.slice(1, -1).replaceAll("''", "'"));
  }
  if (part === "[" || part === "]") {
    return part === "[" ? "(?:" : ")?";
  }
  if (!/^[A-Za-z]/.test(part)) {
    return escaped(part);
  }
  const isNumber = /^[uydgDHhmsSnNAkKwWF]/.test(part) || (/^[MLQqec]/.test(part) && part.length <= 2);
  if (isNumber) {
    return part.length === 2 ? "[0-9]{2}" : `[0-9]{${part.length},${part.length + 9}}`;
  }
  // Zone names such as Europe/Berlin have a slash; names of months, days and zones may have a dot or a blank.
  return part.startsWith("V") ? "[A-Za-z0-9_/+-]{1,64}" : "[A-Za-z0-9+:. -]{1,64}";
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&");
