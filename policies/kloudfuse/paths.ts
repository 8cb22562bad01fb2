/** Path of the HTTP delivery in a delivery stream. */
export const HTTP = "http_endpoint_configuration.0";

/** Path of the S3 backup in a delivery stream. */
export const BACKUP = `${HTTP}.s3_configuration.0`;

/** Path of the access key's secret in a delivery stream. */
export const SECRET = `${HTTP}.secrets_manager_configuration.0`;

/** Paths of the roles that a delivery stream names. */
export const ROLES = [`${HTTP}.role_arn`, `${BACKUP}.role_arn`, `${SECRET}.role_arn`] as const;
