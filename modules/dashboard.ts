import { CloudwatchDashboard } from "@cdktf/provider-aws/lib/cloudwatch-dashboard";
import { conditional, Fn, type TerraformProvider, Token } from "cdktf";
import { Construct } from "constructs";
import { type CheckedProperty, checkLiterals, preconditionsOf } from "./check";
import {
  DASHBOARD_WIDTH,
  errorsQuery,
  errorsWidget,
  graphWidgets,
  TEXT_WIDGET,
  type Widget,
} from "./dashboard-widgets";
import { attributeOf, countWhen, type Flag, withProvider } from "./expressions";
import { LIMITS } from "./limits";
import { Location } from "./location";
import { SIGNAL_NAMES, type SignalName } from "./signals";

/** Options of the dashboard of a `KloudfuseFirehose`. */
export interface DashboardOptions {
  /**
   * Name of the dashboard: 1 to 255 of `a-zA-Z0-9_-`. Dashboards are global in an account, and one of the same name is
   * overwritten.
   * @default "kloudfuse-firehose-<region>"
   */
  readonly dashboardName?: string | undefined;
}

/** A stream on the dashboard. */
export interface DashboardStream {
  readonly streamName: string;
  /** Age of the oldest record, in seconds, above which delivery counts as stalled. */
  readonly stalledSeconds: number;
  /** Whether the stream exists. */
  readonly exists: Flag;
}

/** What a dashboard shows. */
export interface DashboardContent {
  readonly streams: Readonly<Record<SignalName, DashboardStream>>;
  /** Logs Insights query of the newest delivery errors. */
  readonly errorsQuery: string;
  readonly region: string;
}

/** Properties of `Dashboard`. */
export interface DashboardProps extends DashboardOptions, Omit<DashboardContent, "errorsQuery"> {
  readonly errorLogGroupName: string;
  readonly provider: TerraformProvider | undefined;
}

/** A CloudWatch dashboard of the delivery streams, side by side. */
export class Dashboard extends Construct {
  /** Name of the dashboard, once it exists. */
  public readonly dashboardName: string;

  /**
   * @param create @internal
   * @throws Error when the name breaks a limit of CloudWatch
   */
  public constructor(scope: Construct, id: string, props: DashboardProps, create?: Flag) {
    const { dashboardName, errorLogGroupName, provider, region } = props;
    const properties: CheckedProperty[] = [
      {
        name: "dashboardName",
        value: dashboardName,
        input: {
          type: "string",
          default: null,
          description: "",
          rules: LIMITS.dashboardName,
          advice: "Choose another name, unique in the account.",
        },
      },
    ];
    checkLiterals(properties);
    super(scope, id);
    const precondition = preconditionsOf(this, properties, Location.of(this, provider));
    const content = {
      ...props,
      // Not a template literal: the framework warns of one inside of a function.
      errorsQuery: Token.asString(Fn.format(errorsQuery("%s"), [errorLogGroupName])),
    };
    const dashboard = new CloudwatchDashboard(this, "Resource", {
      ...(create === undefined ? {} : { count: countWhen(create) }),
      dashboardName: dashboardName ?? `kloudfuse-firehose-${region}`,
      dashboardBody: Fn.jsonencode({ widgets: widgetsExpression(content) }),
      ...(precondition.length === 0 ? {} : { lifecycle: { precondition } }),
      ...withProvider(provider),
    });
    this.dashboardName = attributeOf(dashboard, "dashboard_name");
  }
}

/** The widgets of a dashboard whose streams are known to exist or not. */
export const dashboardWidgets = (content: DashboardContent): readonly Widget[] => [
  TEXT_WIDGET,
  ...SIGNAL_NAMES.filter((signal) => content.streams[signal].exists !== false).flatMap((signal) =>
    streamWidgets(signal, content),
  ),
  errorsWidget(content.errorsQuery, content.region),
];

function streamWidgets(signal: SignalName, { streams, region }: DashboardContent): readonly Widget[] {
  const { streamName, stalledSeconds } = streams[signal];
  const half = DASHBOARD_WIDTH / 2;
  const { metrics, logs } = streams;
  return graphWidgets({
    signal: signal === "metrics" ? "Metrics" : "Logs",
    streamName,
    stalledSeconds,
    region,
    x: signal === "metrics" ? 0 : numberWhen(metrics.exists, half, 0),
    width: numberWhen(signal === "metrics" ? logs.exists : metrics.exists, half, DASHBOARD_WIDTH),
  });
}

/** The widgets; Terraform omits those of a stream that does not exist. */
function widgetsExpression(content: DashboardContent): unknown {
  const { streams, errorsQuery: query, region } = content;
  if (SIGNAL_NAMES.every((signal) => typeof streams[signal].exists === "boolean")) {
    return dashboardWidgets(content);
  }
  // As JSON strings: Terraform rejects a conditional expression with lists of different objects.
  const widgets = SIGNAL_NAMES.map((signal): unknown =>
    Fn.jsondecode(
      Token.asString(
        conditional(streams[signal].exists, Fn.jsonencode(streamWidgets(signal, content)), Fn.jsonencode([])),
      ),
    ),
  );
  return Fn.concat([[TEXT_WIDGET], ...widgets, [errorsWidget(query, region)]]);
}

const numberWhen = (flag: Flag, then: number, otherwise: number): number =>
  typeof flag === "boolean" ? (flag ? then : otherwise) : Token.asNumber(conditional(flag, then, otherwise));
