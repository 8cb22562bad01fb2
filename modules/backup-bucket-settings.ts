/** Settings of the backup bucket that no input changes, with the values of the S3 API. */
export const BACKUP_BUCKET_SETTINGS = {
  /** ACLs are disabled. */
  objectOwnership: "BucketOwnerEnforced",
  versioning: "Enabled",
  /** Days after which a noncurrent version expires. */
  noncurrentVersionDays: 7,
  /** Days after which an incomplete multipart upload is aborted. */
  incompleteUploadDays: 7,
} as const;
