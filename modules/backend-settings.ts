/** Where a stack keeps its state. */
export type BackendSettings = LocalBackendSettings | S3BackendSettings | CloudBackendSettings;

/** A local file in the project's folder. */
export interface LocalBackendSettings {
  /** Kind of the backend. */
  readonly type: "local";
}

/** An object in S3, locked and encrypted. */
export interface S3BackendSettings {
  /** Kind of the backend. */
  readonly type: "s3";
  /** Name of the bucket, which must exist. */
  readonly bucket: string;
  /** Key of the object. */
  readonly key: string;
  /** Region of the bucket. */
  readonly region: string;
}

/** A workspace of HCP Terraform or Terraform Enterprise. */
export interface CloudBackendSettings {
  /** Kind of the backend. */
  readonly type: "cloud";
  /** Name of the organization. */
  readonly organization: string;
  /** Name of the workspace. */
  readonly workspace: string;
  /** Host name; undefined: `app.terraform.io`. */
  readonly hostname: string | undefined;
}
