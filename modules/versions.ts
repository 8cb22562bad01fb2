/** The Terraform and provider versions that the module and the root stack need. */
export const VERSIONS = {
  /** Validations that refer to other variables came with 1.9. */
  terraform: ">= 1.9.0",
  awsProviderSource: "hashicorp/aws",
  awsProvider: ">= 5.100.0, < 7.0.0",
} as const;
