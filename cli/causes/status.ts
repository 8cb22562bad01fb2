/**
 * The words of AWS that precede the status of the endpoint's response. Sources: Firehose's documentation and users'
 * reports.
 */
const ANNOUNCEMENT =
  /(?:(?:from the endpoint destination|with(?: the)?(?: http)? status(?: code)?|raw response received)\s*[.:=]?\s*)+/gi;

/** A status at the beginning of a message, or after the words "status code" or "HTTP". */
const STATUS_LINE = /^\s*(?:HTTP(?:\/[\d.]+)?\s+)?([1-5]\d\d)(?=\s*(?::|$|[A-Z]))/;
const STATUS_WORD = /\b(?:status(?:[ _-]?code)?|HTTP(?:\/[\d.]+)?)\s*[.:=]?\s*([1-5]\d\d)\b/i;
const STATUS = /^(?:HTTP(?:\/[\d.]+)?\s+)?([1-5]\d\d)\b/i;

/** Where the endpoint's own text begins: JSON, HTML, a quotation or a further line. */
const ENDPOINT_TEXT = /[{[<"\n]/;

/**
 * The HTTP status that an error message says the endpoint answered with.
 *
 * Firehose appends the endpoint's own text without a separator. That text may contain other statuses, so that only the
 * words of AWS before it are searched.
 */
export function statusInMessage(message: string): number | undefined {
  ANNOUNCEMENT.lastIndex = 0;
  const announcement = ANNOUNCEMENT.exec(message);
  const end = message.search(ENDPOINT_TEXT);
  if (announcement !== null && (end === -1 || announcement.index < end)) {
    const status = STATUS.exec(message.slice(ANNOUNCEMENT.lastIndex, ANNOUNCEMENT.lastIndex + 20));
    return status === null ? undefined : Number(status[1]);
  }
  const words = end === -1 ? message : message.slice(0, end);
  const status = STATUS_LINE.exec(words) ?? STATUS_WORD.exec(words);
  return status === null ? undefined : Number(status[1]);
}
