import { type Counts, findKloudfuse } from "./kloudfuse";
import type { Plan, PlanLimitation } from "./plan";
import type { PolicyOutcome, Policy } from "./policy";
import { alarmActions } from "./rules/alarm-actions";
import { alarmTopicPolicy } from "./rules/alarm-topic-policy";
import { alarmTopicPublish } from "./rules/alarm-topic-publish";
import { bucketForceDestroy } from "./rules/bucket-force-destroy";
import { bucketLifecycle } from "./rules/bucket-lifecycle";
import { bucketOneWriter } from "./rules/bucket-one-writer";
import { bucketOwnership } from "./rules/bucket-ownership";
import { bucketPolicy } from "./rules/bucket-policy";
import { bucketPublicAccess } from "./rules/bucket-public-access";
import { bucketTlsOnly } from "./rules/bucket-tls-only";
import { bucketVersioning } from "./rules/bucket-versioning";
import { changeAccountSubscription } from "./rules/change-account-subscription";
import { changeBucket } from "./rules/change-bucket";
import { changeRename } from "./rules/change-rename";
import { changeSources } from "./rules/change-sources";
import { changeRole } from "./rules/change-role";
import { changeStream } from "./rules/change-stream";
import { deliveryBuffering } from "./rules/delivery-buffering";
import { deliveryDirectPut } from "./rules/delivery-direct-put";
import { deliveryErrorLogGroup } from "./rules/delivery-error-log-group";
import { deliveryErrorLogging } from "./rules/delivery-error-logging";
import { deliveryFailedDataOnly } from "./rules/delivery-failed-data-only";
import { deliveryGzip } from "./rules/delivery-gzip";
import { deliveryLambdaProcessor } from "./rules/delivery-lambda-processor";
import { deliveryLimits } from "./rules/delivery-limits";
import { deliveryPrefix } from "./rules/delivery-prefix";
import { deliverySignal } from "./rules/delivery-signal";
import { encryptionAccessKey } from "./rules/encryption-access-key";
import { encryptionBucket } from "./rules/encryption-bucket";
import { encryptionSecretPolicy } from "./rules/encryption-secret-policy";
import { encryptionStream } from "./rules/encryption-stream";
import { encryptionUsableKey } from "./rules/encryption-usable-key";
import { endpointHttps } from "./rules/endpoint-https";
import { endpointOneHost } from "./rules/endpoint-one-host";
import { endpointPath } from "./rules/endpoint-path";
import { endpointReachable } from "./rules/endpoint-reachable";
import { iamBackUp } from "./rules/iam-back-up";
import { iamBoundary } from "./rules/iam-boundary";
import { iamConfusedDeputy } from "./rules/iam-confused-deputy";
import { iamDocumentedActions } from "./rules/iam-documented-actions";
import { iamGrants } from "./rules/iam-grants";
import { iamLogErrors } from "./rules/iam-log-errors";
import { iamNoManagedFullAccess } from "./rules/iam-no-managed-full-access";
import { iamNoWildcards } from "./rules/iam-no-wildcards";
import { iamPartition } from "./rules/iam-partition";
import { iamPutRecords } from "./rules/iam-put-records";
import { iamTrustedServices } from "./rules/iam-trusted-services";
import { iamUseKeyAndSecret } from "./rules/iam-use-key-and-secret";
import { sourceDoubleDelivery } from "./rules/source-double-delivery";
import { sourceJson } from "./rules/source-json";
import { sourceLimits } from "./rules/source-limits";
import { sourceMetricStreamRole } from "./rules/source-metric-stream-role";
import { sourceOwnCluster } from "./rules/source-own-cluster";
import { sourceRecursion } from "./rules/source-recursion";
import { sourceSignal } from "./rules/source-signal";

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
  iamGrants,
  iamBoundary,
  endpointHttps,
  endpointPath,
  endpointOneHost,
  endpointReachable,
  deliveryGzip,
  deliveryBuffering,
  deliveryFailedDataOnly,
  deliveryPrefix,
  deliveryErrorLogging,
  deliveryErrorLogGroup,
  deliveryLimits,
  deliveryDirectPut,
  deliveryLambdaProcessor,
  deliverySignal,
  encryptionStream,
  encryptionBucket,
  encryptionAccessKey,
  encryptionUsableKey,
  encryptionSecretPolicy,
  bucketPublicAccess,
  bucketOwnership,
  bucketTlsOnly,
  bucketLifecycle,
  bucketVersioning,
  bucketForceDestroy,
  bucketPolicy,
  bucketOneWriter,
  sourceMetricStreamRole,
  sourceJson,
  sourceLimits,
  sourceRecursion,
  sourceOwnCluster,
  sourceDoubleDelivery,
  sourceSignal,
  alarmActions,
  alarmTopicPolicy,
  alarmTopicPublish,
  changeStream,
  changeRole,
  changeBucket,
  changeRename,
  changeAccountSubscription,
  changeSources,
];

/** The outcomes of one policy for a plan. */
export interface PolicyVerdict {
  readonly policy: Policy;
  readonly outcomes: readonly PolicyOutcome[];
}

/** The outcomes of all policies for a plan, the number of evaluated resources, and the limitations of the plan. */
export interface Evaluation {
  readonly verdicts: readonly PolicyVerdict[];
  readonly counts: Counts;
  readonly limitations: readonly PlanLimitation[];
}

/** Evaluates a plan with every policy. */
export function evaluate(plan: Plan): Evaluation {
  const kloudfuse = findKloudfuse(plan);
  return {
    verdicts: POLICIES.map((policy) => ({ policy, outcomes: policy.check(kloudfuse) })),
    counts: kloudfuse.counts,
    limitations: kloudfuse.limitations,
  };
}
