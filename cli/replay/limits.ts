/** Limits of PutRecordBatch. Source: Firehose API reference, PutRecordBatch; Firehose quotas. */
export const PUT_RECORD_BATCH = {
  records: 500,
  /** Size of all records together, before Base64. */
  bytes: 4 * 1024 * 1024,
  /** Size of one record, before Base64: 1,000 KiB. */
  recordBytes: 1000 * 1024,
} as const;

/** Attempts for one record. */
export const MAX_ATTEMPTS = 10;
