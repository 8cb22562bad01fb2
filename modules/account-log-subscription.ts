import { CloudwatchLogAccountPolicy } from "@cdktf/provider-aws/lib/cloudwatch-log-account-policy";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { checkLiterals, contextOf, preconditionsOf, propertiesOf } from "./check";
import { type InputNames, INPUTS } from "./inputs";
import { countWhen, firstText, type Flag, withProvider } from "./expressions";
import { Location } from "./location";
import { criteriaExcluding, ERROR_LOG_GROUP_TEMPLATE, errorLogGroupName, selectionCriteria } from "./log-criteria";
import type { LogSubscriptionTarget } from "./log-subscriptions";

/** Options of the account-level subscription of a `KloudfuseFirehose`. */
export interface AccountLogSubscriptionOptions {
  /**
   * Exact names of the log groups to exclude, besides the error log group: 1 to 512 characters of
   * `a-zA-Z0-9._/#-` each, at most 25,000 bytes as selection criteria. CloudWatch Logs does not
   * support prefixes here. A change replaces the policy: for a moment no log group is subscribed.
   * Source: CloudWatch Logs API, PutAccountPolicy.selectionCriteria.
   * @default []: the error log group only
   */
  readonly excludedLogGroups?: string[] | undefined;
  /**
   * Name of the policy, not beginning with `aws/`.
   * @default the name of the logs delivery stream
   */
  readonly policyName?: string | undefined;
}

/** The input of each option. */
export const ACCOUNT_SUBSCRIPTION_OPTIONS = {
  excludedLogGroups: "accountExcludedLogGroups",
  policyName: "accountPolicyName",
} as const satisfies InputNames<AccountLogSubscriptionOptions>;

/** Properties of `AccountLogSubscription`. */
export interface AccountLogSubscriptionProps extends LogSubscriptionTarget, AccountLogSubscriptionOptions {
  /** The log groups that have a subscription filter of their own. */
  readonly logGroups: Record<string, string> | undefined;
}

/** Subscribes every log group of the account and region, present and future, except the excluded ones. */
export class AccountLogSubscription extends Construct {
  /** The underlying account policy, for settings that this construct does not expose. */
  public readonly resource: CloudwatchLogAccountPolicy;

  /**
   * @param create @internal
   * @throws Error naming each literal that breaks a limit of CloudWatch Logs, the rule, the value received and what to do
   */
  public constructor(scope: Construct, id: string, props: AccountLogSubscriptionProps, create?: Flag) {
    const { deliveryStream, excludedLogGroups = [], filterPattern, streamNames, provider } = props;
    const properties = [
      ...propertiesOf(
        {
          logFilterPattern: filterPattern,
          subscribeAccount: true,
          accountExcludedLogGroups: excludedLogGroups,
          accountPolicyName: props.policyName,
        },
        { accountSubscription: "subscribeAccount", ...ACCOUNT_SUBSCRIPTION_OPTIONS },
      ),
      ...contextOf({
        logGroups: props.logGroups,
        metricsStreamName: streamNames.metrics,
        logsStreamName: streamNames.logs,
      }),
    ];
    if (create === undefined) {
      checkLiterals(properties);
    }
    super(scope, id);
    const precondition = create === undefined ? preconditionsOf(this, properties, Location.of(this, provider)) : [];
    this.resource = new CloudwatchLogAccountPolicy(this, "Resource", {
      ...(create === undefined ? {} : { count: countWhen(create) }),
      policyName: firstText(props.policyName, deliveryStream.plannedStreamName),
      policyType: "SUBSCRIPTION_FILTER_POLICY",
      policyDocument: Fn.jsonencode({
        // As Terraform can plan them: a plan shows the document before stream and role exist.
        DestinationArn: deliveryStream.plannedStreamArn,
        FilterPattern: inExpression(filterPattern ?? INPUTS.logFilterPattern.default),
        RoleArn: props.role.plannedRoleArn,
      }),
      selectionCriteria: criteria(excludedLogGroups, streamNames),
      dependsOn: [...props.dependencies],
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
  }
}

/** A string in an argument of a Terraform function: there the framework does not escape the quotation marks of a literal. */
const inExpression = (text: string): string => (Token.isUnresolved(text) ? text : Fn.rawString(text));

/** The selection criteria: a literal if every name is a literal, else a Terraform expression. */
function criteria(excluded: string[], { metrics, logs }: LogSubscriptionTarget["streamNames"]): string {
  if (![excluded, ...excluded, metrics, logs].some((part) => Token.isUnresolved(part))) {
    return selectionCriteria([...excluded, errorLogGroupName(metrics, logs)]);
  }
  const errorLogGroup: unknown = Fn.format(ERROR_LOG_GROUP_TEMPLATE, [metrics, logs]);
  return criteriaExcluding(Fn.jsonencode(Fn.sort(Fn.setunion(excluded, [[errorLogGroup]]))));
}
