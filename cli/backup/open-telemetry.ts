const LENGTH_DELIMITED = 2;
/** Fields of ResourceMetrics: resource, scope_metrics (in version 0.7 instrumentation_library_metrics), schema_url. */
const RESOURCE_METRICS_FIELDS: readonly number[] = [1, 2, 3];

/**
 * The number of OpenTelemetry requests that a record consists of, undefined if it is something else. A metric stream
 * with an OpenTelemetry format puts one or more ExportMetricsServiceRequest messages into a record, each preceded by
 * its length.
 *
 * Source: Amazon CloudWatch, "CloudWatch metric stream output in OpenTelemetry 1.0.0 format".
 */
export function openTelemetryRequests(data: Buffer): number | undefined {
  let requests = 0;
  for (let at = 0; at < data.length;) {
    const length = varint(data, at);
    const end = length && length.next + length.value;
    if (length === undefined || end === undefined || end > data.length || !isRequest(data.subarray(length.next, end))) {
      return undefined;
    }
    requests += 1;
    at = end;
  }
  return requests === 0 ? undefined : requests;
}

/** Whether a message consists of ResourceMetrics only, its field 1. */
function isRequest(message: Buffer): boolean {
  let at = 0;
  while (at < message.length) {
    const resourceMetrics = lengthDelimited(message, at);
    if (resourceMetrics?.field !== 1) {
      return false;
    }
    const inner = lengthDelimited(message.subarray(0, resourceMetrics.end), resourceMetrics.start);
    if (resourceMetrics.end > resourceMetrics.start && !(inner && RESOURCE_METRICS_FIELDS.includes(inner.field))) {
      return false;
    }
    at = resourceMetrics.end;
  }
  return message.length > 0;
}

/** A length-delimited field of a Protocol Buffers message, undefined if there is none that ends within the message. */
function lengthDelimited(
  message: Buffer,
  at: number,
): { readonly field: number; readonly start: number; readonly end: number } | undefined {
  const tag = varint(message, at);
  const length = tag && varint(message, tag.next);
  if (
    tag === undefined ||
    length === undefined ||
    tag.value % 8 !== LENGTH_DELIMITED ||
    length.next + length.value > message.length
  ) {
    return undefined;
  }
  return { field: Math.floor(tag.value / 8), start: length.next, end: length.next + length.value };
}

function varint(data: Buffer, from: number): { readonly value: number; readonly next: number } | undefined {
  let value = 0;
  for (let at = from; at < Math.min(from + 5, data.length); at++) {
    const byte = data[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * (at - from));
    if (byte < 0x80) {
      return { value, next: at + 1 };
    }
  }
  return undefined;
}
