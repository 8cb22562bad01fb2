// Source: Firehose, "HTTP endpoint delivery request and response specifications".

/** How long Firehose waits for a response. */
export const RESPONSE_TIMEOUT_SECONDS = 180;
/** The same, for texts in minutes. */
export const RESPONSE_TIMEOUT_MINUTES = RESPONSE_TIMEOUT_SECONDS / 60;

/** The whole response, headers and body, must be smaller than this. */
export const RESPONSE_LIMIT_MIB = 1;
export const RESPONSE_LIMIT_BYTES = RESPONSE_LIMIT_MIB * 1024 * 1024;
