/** How long Firehose waits for a response. Source: Firehose, "HTTP endpoint delivery request and response specifications". */
export const RESPONSE_TIMEOUT_SECONDS = 180;

/** The same in minutes, for prose. */
export const RESPONSE_TIMEOUT_MINUTES = RESPONSE_TIMEOUT_SECONDS / 60;
