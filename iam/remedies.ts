/** What to do about a policy of a resource: `verify` and the policies say the same. */
export const REMEDIES = {
  allowForAccount: "Allow it, with a condition on aws:SourceAccount.",
  conditionOnAccount: "Add a condition on aws:SourceAccount.",
  keyOfTopic:
    "Let cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey* in the key's policy, with a condition on aws:SourceAccount.",
  principalsOfAccount:
    "Name the service cloudwatch.amazonaws.com with a condition on aws:SourceAccount, and principals of the account.",
  principalsOfBucket: "Name only principals of the bucket's own account.",
  principalsOfKey: "Name the principals, or the account.",
} as const;
