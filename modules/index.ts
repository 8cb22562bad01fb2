export { BackupBucket, type BackupBucketProps } from "./backup-bucket";
export { DeliveryRole, type DeliveryRoleProps } from "./delivery-role";
export { HttpDeliveryStream, type HttpDeliveryStreamProps } from "./http-delivery-stream";
export { KloudfuseFirehose } from "./kloudfuse-firehose";
export { Location } from "./location";
export type { KloudfuseFirehoseProps } from "./props";
export { KloudfuseFirehoseStack, type KloudfuseFirehoseStackProps } from "./stacks/deploy-stack";
export { KloudfuseFirehoseModule } from "./stacks/module-stack";
