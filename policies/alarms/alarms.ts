import { or } from "../../iam/logic";
import { memoizedByObject } from "../../iam/memoized";
import { type Kloudfuse, STREAM } from "../kloudfuse";
import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import { errorLogGroups, isSameGroup, subscribedGroup } from "../sources/log-groups";
import { METRIC_STREAM, sourcesOf } from "../sources/sources";

export const ALARM = "aws_cloudwatch_metric_alarm";
const METRIC_FILTER = "aws_cloudwatch_log_metric_filter";
const QUERIES = "metric_query";

/** The dimensions that identify the resource of a metric, by the type of the resource. */
const DIMENSIONS = [
  { type: STREAM, dimension: "DeliveryStreamName" },
  { type: METRIC_STREAM, dimension: "MetricStreamName" },
] as const;

/** An alarm of the deployment. */
export interface PlannedAlarm {
  readonly resource: PlannedResource;
  /** Whether the plan shows that it is an alarm of the deployment; else it may be one. */
  readonly isCertain: boolean;
}

/** What the alarms of a deployment monitor. */
interface MonitoredResources {
  /** The streams to Kloudfuse, and the metric streams that feed them. */
  readonly resources: ReadonlySet<PlannedResource>;
  readonly modules: ReadonlySet<string>;
  /** The metrics of filters on the error logs, by namespace and name. */
  readonly metrics: ReadonlySet<string>;
}

/** The alarms on metrics of a stream to Kloudfuse, of a metric stream that feeds one, or of an error log. */
export const alarmsOf = memoizedByObject((kloudfuse: Kloudfuse): readonly PlannedAlarm[] => {
  const resources = [
    ...kloudfuse.streams.map(({ resource }) => resource),
    ...sourcesOf(kloudfuse, METRIC_STREAM).map(({ resource }) => resource),
  ];
  const monitored: MonitoredResources = {
    resources: new Set(resources),
    modules: new Set(resources.map(({ moduleAddress }) => moduleAddress)),
    metrics: new Set(errorLogMetrics(kloudfuse)),
  };
  return kloudfuse.plan.ofType(ALARM).flatMap((resource): PlannedAlarm[] => {
    const isOfDeployment = monitors(kloudfuse, resource, monitored);
    return isOfDeployment === false ? [] : [{ resource, isCertain: isOfDeployment === true }];
  });
});

function errorLogMetrics({ plan, streams }: Kloudfuse): string[] {
  const groups = streams.flatMap(errorLogGroups);
  return plan
    .ofType(METRIC_FILTER)
    .filter((filter) => groups.some((group) => isSameGroup(subscribedGroup(plan, filter), group) === true))
    .flatMap((filter) => metricAt(filter, "metric_transformation.0.", "name"));
}

/** Namespace and name of a metric in one string; none if they are not known. */
function metricAt(resource: PlannedResource, path: string, nameAttribute: string): string[] {
  const [namespace, name] = [resource.text(`${path}namespace`), resource.text(`${path}${nameAttribute}`)];
  return typeof namespace === "string" && typeof name === "string" ? [`${namespace} ${name}`] : [];
}

function monitors(kloudfuse: Kloudfuse, alarm: PlannedResource, monitored: MonitoredResources): Planned<boolean> {
  const count = alarm.count(QUERIES);
  if (count === UNKNOWN) {
    return mayMonitor(kloudfuse, alarm, QUERIES, monitored);
  }
  const paths = count === 0 ? [""] : Array.from({ length: count }, (_, index) => `${QUERIES}.${index}.metric.0.`);
  return or(
    ...paths.flatMap((path) => [
      metricAt(alarm, path, "metric_name").some((metric) => monitored.metrics.has(metric)),
      ...DIMENSIONS.map(({ type, dimension }) => names(kloudfuse, alarm, { path, type, dimension }, monitored)),
    ]),
  );
}

interface DimensionAt {
  readonly path: string;
  readonly type: string;
  readonly dimension: string;
}

function names(
  kloudfuse: Kloudfuse,
  alarm: PlannedResource,
  { path, type, dimension }: DimensionAt,
  monitored: MonitoredResources,
): Planned<boolean> {
  const at = `${path}dimensions.${dimension}`;
  if (alarm.get(at) === UNKNOWN) {
    return mayMonitor(kloudfuse, alarm, path === "" ? "dimensions" : QUERIES, monitored);
  }
  const { candidates } = kloudfuse.plan.linked(alarm, at, type);
  const matching = candidates.filter((candidate) => monitored.resources.has(candidate));
  return matching.length > 0 && matching.length < candidates.length ? UNKNOWN : matching.length > 0;
}

/** Whether an alarm with unknown metrics monitors the deployment: by its references, else possibly by its module. */
function mayMonitor(
  { plan }: Kloudfuse,
  alarm: PlannedResource,
  path: string,
  { resources, modules }: MonitoredResources,
): Planned<boolean> {
  const referred = DIMENSIONS.flatMap(({ type }) => plan.referred(alarm, path, type));
  if (referred.length > 0) {
    return referred.some((resource) => resources.has(resource));
  }
  return modules.has(alarm.moduleAddress) ? UNKNOWN : false;
}
