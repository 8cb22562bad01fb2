import { CloudwatchLogSubscriptionFilter } from "@cdktf/provider-aws/lib/cloudwatch-log-subscription-filter";
import {
  type ITerraformDependable,
  ref,
  TerraformIterator,
  type TerraformProvider,
  TerraformStack,
  Token,
} from "cdktf";
import { Construct } from "constructs";
import { checkLiterals, contextOf, preconditionsOf, propertiesOf } from "./check";
import { INPUTS } from "./inputs";
import type { IDeliveryRole } from "./delivery-role";
import { expressionOf, withProvider } from "./expressions";
import type { HttpDeliveryStream } from "./http-delivery-stream";
import { Location } from "./location";

/** Properties common to both kinds of log subscription. */
export interface LogSubscriptionTarget {
  /** The stream that delivers the events. */
  readonly deliveryStream: HttpDeliveryStream;
  /** The role that CloudWatch Logs puts records with. */
  readonly role: IDeliveryRole;
  /** Names of both delivery streams, by which the error log group is named. */
  readonly streamNames: { readonly metrics: string; readonly logs: string };
  readonly filterPattern: string | undefined;
  /** What the subscription depends on: when it is created, CloudWatch Logs assumes the role and sends a test message. */
  readonly dependencies: readonly ITerraformDependable[];
  readonly provider: TerraformProvider | undefined;
}

/** Properties of `LogSubscriptions`. */
export interface LogSubscriptionsProps extends LogSubscriptionTarget {
  readonly logGroups: Record<string, string>;
}

/** A subscription filter for each of the listed log groups. */
export class LogSubscriptions extends Construct {
  /** The names of the log groups, once they are subscribed. */
  public readonly logGroupNames: string[];

  /** @throws Error naming each literal that breaks a limit of CloudWatch Logs, unless `isPrechecked` */
  public constructor(scope: Construct, id: string, props: LogSubscriptionsProps, isPrechecked: boolean) {
    const { deliveryStream, logGroups, filterPattern, streamNames, provider } = props;
    const properties = [
      ...propertiesOf({ logGroups, logFilterPattern: filterPattern }),
      ...contextOf({ metricsStreamName: streamNames.metrics, logsStreamName: streamNames.logs }),
    ];
    if (!isPrechecked) {
      checkLiterals(properties);
    }
    super(scope, id);
    const precondition = isPrechecked ? [] : preconditionsOf(this, properties, Location.of(this, provider));
    const groups = TerraformIterator.fromMap(logGroups);
    const filter = new CloudwatchLogSubscriptionFilter(this, "Resource", {
      forEach: groups,
      // The stream's name distinguishes the filter from others of the log group.
      name: deliveryStream.plannedStreamName,
      logGroupName: Token.asString(groups.value),
      filterPattern: filterPattern ?? INPUTS.logFilterPattern.default,
      destinationArn: deliveryStream.streamArn,
      roleArn: props.role.plannedRoleArn,
      dependsOn: [...props.dependencies],
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
    this.logGroupNames = Token.asList(
      ref(`[for filter in ${expressionOf(filter)} : filter.log_group_name]`, TerraformStack.of(this)),
    );
  }
}
