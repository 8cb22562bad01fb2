import { findKloudfuse } from "./kloudfuse";
import type { Plan } from "./plan";
import type { Outcome, Policy } from "./policy";
import { bucketForceDestroy } from "./rules/bucket-force-destroy";
import { bucketLifecycle } from "./rules/bucket-lifecycle";
import { bucketOwnership } from "./rules/bucket-ownership";
import { bucketPublicAccess } from "./rules/bucket-public-access";
import { bucketTlsOnly } from "./rules/bucket-tls-only";
import { bucketVersioning } from "./rules/bucket-versioning";
import { changeBucket } from "./rules/change-bucket";
import { changeRole } from "./rules/change-role";
import { changeStream } from "./rules/change-stream";
import { deliveryBuffering } from "./rules/delivery-buffering";
import { deliveryErrorLogGroup } from "./rules/delivery-error-log-group";
import { deliveryErrorLogging } from "./rules/delivery-error-logging";
import { deliveryFailedDataOnly } from "./rules/delivery-failed-data-only";
import { deliveryGzip } from "./rules/delivery-gzip";
import { deliveryPrefix } from "./rules/delivery-prefix";
import { encryptionAccessKey } from "./rules/encryption-access-key";
import { encryptionBucket } from "./rules/encryption-bucket";
import { encryptionStream } from "./rules/encryption-stream";
import { endpointHttps } from "./rules/endpoint-https";
import { endpointOneHost } from "./rules/endpoint-one-host";
import { endpointPath } from "./rules/endpoint-path";
import { iamBackUp } from "./rules/iam-back-up";
import { iamConfusedDeputy } from "./rules/iam-confused-deputy";
import { iamDocumentedActions } from "./rules/iam-documented-actions";
import { iamLogErrors } from "./rules/iam-log-errors";
import { iamNoManagedFullAccess } from "./rules/iam-no-managed-full-access";
import { iamNoWildcards } from "./rules/iam-no-wildcards";
import { iamPartition } from "./rules/iam-partition";
import { iamPutRecords } from "./rules/iam-put-records";
import { iamTrustedServices } from "./rules/iam-trusted-services";
import { iamUseKeyAndSecret } from "./rules/iam-use-key-and-secret";

/** Every policy, in the order in which they are documented. */
export const POLICIES: readonly Policy[] = [
  iamTrustedServices,
  iamConfusedDeputy,
  iamPutRecords,
  iamBackUp,
  iamLogErrors,
  iamUseKeyAndSecret,
  iamNoWildcards,
  iamDocumentedActions,
  iamNoManagedFullAccess,
  iamPartition,
  endpointHttps,
  endpointPath,
  endpointOneHost,
  deliveryGzip,
  deliveryBuffering,
  deliveryFailedDataOnly,
  deliveryPrefix,
  deliveryErrorLogging,
  deliveryErrorLogGroup,
  encryptionStream,
  encryptionBucket,
  encryptionAccessKey,
  bucketPublicAccess,
  bucketOwnership,
  bucketTlsOnly,
  bucketLifecycle,
  bucketVersioning,
  bucketForceDestroy,
  changeStream,
  changeRole,
  changeBucket,
];

/** What one policy says of a plan. */
export interface Verdict {
  readonly policy: Policy;
  readonly outcomes: readonly Outcome[];
}

/** Judges a plan by every policy. */
export function judge(plan: Plan): readonly Verdict[] {
  const kloudfuse = findKloudfuse(plan);
  return POLICIES.map((policy) => ({ policy, outcomes: policy.check(kloudfuse) }));
}
