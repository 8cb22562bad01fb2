export type { AccountLogSubscriptionOptions } from "./account-log-subscription";
export type { AlarmTopicOptions } from "./alarm-topic";
export { type AlarmOptions, Alarms } from "./alarms";
export type {
  BackendSettings,
  CloudBackendSettings,
  LocalBackendSettings,
  S3BackendSettings,
} from "./backend-settings";
export {
  BackupBucket,
  type BackupBucketProps,
  type IBackupBucket,
  type ImportedBackupBucketOptions,
} from "./backup-bucket";
export { withoutCreationStacks } from "./creation-stacks";
export { Dashboard, type DashboardOptions } from "./dashboard";
export {
  DeliveryRole,
  type DeliveryRoleProps,
  type IDeliveryRole,
  type ImportedDeliveryRoleOptions,
} from "./delivery-role";
export type { Flag } from "./expressions";
export type { HealthProps } from "./health";
export {
  HttpDeliveryStream,
  type HttpDeliveryStreamProps,
  type NamedRole,
  type RecordProducer,
  type TerraformRole,
} from "./http-delivery-stream";
export { KloudfuseFirehose } from "./kloudfuse-firehose";
export type { MetricFilters, MetricStreamStatistics } from "./metric-filters";
export { MetricStream, type MetricStreamOptions, type MetricStreamProps } from "./metric-stream";
export {
  type IMetricStreamRole,
  type ImportedMetricStreamRoleOptions,
  MetricStreamRole,
  type MetricStreamRoleProps,
} from "./metric-stream-role";
export type { KloudfuseFirehoseProps } from "./props";
export type { SignalName } from "./signals";
export type { SourceProps } from "./sources";
export { type Blocks, type FrameworkComment, ReadableAddressStack, type StackJson } from "./stacks/addresses";
export { KloudfuseFirehoseStack, type KloudfuseFirehoseStackProps } from "./stacks/deploy-stack";
export { KloudfuseFirehoseModule, type ModuleJson } from "./stacks/module-stack";
export type { StreamMetric, StreamMetricOptions } from "./stream-metric";
