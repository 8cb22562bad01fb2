import {
  type Combination,
  type CombinationInputs,
  type InputText,
  requiredUnlessCreated,
  rejectedIfCreated,
} from "./combination";
import { elementsOf, mapNames, mapValues, propertyOf, quotedList, quotedListTemplate, setItems } from "./collections";
import type { InputName } from "./inputs";
import {
  errorLogGroupExpression,
  errorLogGroupName,
  MAX_CRITERIA_BYTES,
  selectionCriteria,
  selectionCriteriaExpression,
} from "./log-criteria";

/** Requires the delivery stream that a source feeds. */
function requiresStream(source: InputName, stream: InputName, isUsed: UsageCheck): Combination {
  return {
    inputs: [source, stream],
    allows: ({ valueOf }) => !isUsed.literal(valueOf(source)) || valueOf(stream) !== false,
    condition: (reference) => `!(${isUsed.condition(reference(source))}) || ${reference(stream)}`,
    message: (label, _value, received) =>
      `${label(source)} conflicts with ${label(stream)} = false, got ${received}. ` +
      `Set ${label(stream)} to true, or remove ${label(source)}.`,
    received: {
      literal: ({ valueOf }) => isUsed.received(valueOf(source)),
      template: (reference) => isUsed.receivedTemplate(reference(source)),
    },
    reportedOn: [{ input: source }],
  };
}

/** Whether an input is used, in both languages, and what a message shows of it. */
interface UsageCheck {
  readonly literal: (value: unknown) => boolean;
  readonly condition: (reference: string) => string;
  readonly received: (value: unknown) => string;
  readonly receivedTemplate: (reference: string) => string;
}

const isTrue: UsageCheck = {
  literal: (value) => value === true,
  condition: (reference) => reference,
  received: String,
  receivedTemplate: (reference) => `\${${reference}}`,
};

const names = mapNames("name");

const hasEntries: UsageCheck = {
  literal: (value) => names.of(value).length > 0,
  condition: (reference) => `length(${reference}) > 0`,
  received: (value) => quotedList(names.of(value)),
  receivedTemplate: (reference) => quotedListTemplate(names.expression(reference), "true"),
};

/** The statistics of metrics that the filters exclude: CloudWatch would ignore them. */
const statisticsOutsideFilters = {
  literal: ({ valueOf }: CombinationInputs): string[] => {
    const include = valueOf("metricStreamIncludeFilters");
    const exclude = valueOf("metricStreamExcludeFilters");
    const matches = (filters: unknown, namespace: string, metricName: string): boolean => {
      const list = propertyOf(filters, namespace);
      return list !== undefined && (elementsOf(list).length === 0 || elementsOf(list).includes(metricName));
    };
    return elementsOf(valueOf("metricStreamStatistics"))
      .map((entry): [string, string] => [
        String(propertyOf(entry, "namespace")),
        String(propertyOf(entry, "metric_name")),
      ])
      .filter(
        ([namespace, metricName]) =>
          (names.of(include).length > 0 && !matches(include, namespace, metricName)) ||
          matches(exclude, namespace, metricName),
      )
      .map((name) => name.join(" "));
  },
  expression: (reference: InputText): string => {
    const [include, exclude] = [reference("metricStreamIncludeFilters"), reference("metricStreamExcludeFilters")];
    const matches = (filters: string): string => {
      const list = `lookup(${filters}, entry.namespace, ["\\n"])`;
      return `(length(${list}) == 0 || contains(keys(${filters}), entry.namespace) && contains(${list}, entry.metric_name))`;
    };
    const isOutside = `length(${include}) > 0 && !${matches(include)} || ${matches(exclude)}`;
    return `[for entry in ${reference("metricStreamStatistics")} : "\${entry.namespace} \${entry.metric_name}" if ${isOutside}]`;
  },
};

const errorLogGroup = ({ valueOf }: CombinationInputs): string =>
  errorLogGroupName(String(valueOf("metricsStreamName")), String(valueOf("logsStreamName")));
const errorLogGroupReference = (reference: InputText): string =>
  errorLogGroupExpression(reference("metricsStreamName"), reference("logsStreamName"));

const groupNames = mapValues("log group name");
const excludedNames = setItems("log group name");

const criteriaBytes = (inputs: CombinationInputs): number =>
  Buffer.byteLength(
    selectionCriteria([
      ...excludedNames.of(inputs.valueOf("accountExcludedLogGroups")).map(String),
      errorLogGroup(inputs),
    ]),
  );
/** Log group names are ASCII: their characters are bytes. */
const criteriaBytesExpression = (reference: InputText): string =>
  `length(${selectionCriteriaExpression(reference("accountExcludedLogGroups"), errorLogGroupReference(reference))})`;

const deliveredTwice = ({ valueOf }: CombinationInputs): unknown[] =>
  valueOf("subscribeAccount") === true
    ? groupNames
        .of(valueOf("logGroups"))
        .filter((name) => !excludedNames.of(valueOf("accountExcludedLogGroups")).includes(name))
    : [];
const isExcluded = (reference: InputText): string => `contains(${reference("accountExcludedLogGroups")}, item)`;

/** The rules about several inputs of the sources together. */
export const SOURCE_COMBINATIONS: readonly Combination[] = [
  requiresStream("createMetricStream", "createMetricsStream", isTrue),
  {
    inputs: ["metricStreamExcludeFilters", "metricStreamIncludeFilters"],
    allows: ({ valueOf }) =>
      !hasEntries.literal(valueOf("metricStreamExcludeFilters")) ||
      !hasEntries.literal(valueOf("metricStreamIncludeFilters")),
    condition: (reference) =>
      `length(${reference("metricStreamExcludeFilters")}) == 0 || length(${reference("metricStreamIncludeFilters")}) == 0`,
    message: (label, _value, received) =>
      `${label("metricStreamExcludeFilters")} conflicts with ${label("metricStreamIncludeFilters")}, got ${received}. ` +
      "Remove one of them: CloudWatch accepts either kind of filter.",
    received: {
      literal: ({ valueOf }) => hasEntries.received(valueOf("metricStreamExcludeFilters")),
      template: (reference) => hasEntries.receivedTemplate(reference("metricStreamExcludeFilters")),
    },
    reportedOn: [{ input: "metricStreamExcludeFilters" }],
  },
  {
    inputs: ["metricStreamStatistics", "metricStreamIncludeFilters", "metricStreamExcludeFilters"],
    allows: (inputs) => statisticsOutsideFilters.literal(inputs).length === 0,
    condition: (reference) => `length(${statisticsOutsideFilters.expression(reference)}) == 0`,
    message: (label, _value, received) =>
      `${label("metricStreamStatistics")} must contain only metrics that pass the filters, got ${received}. ` +
      `Remove these entries, or change ${label("metricStreamIncludeFilters")} or ${label("metricStreamExcludeFilters")}.`,
    received: {
      literal: (inputs) => quotedList(statisticsOutsideFilters.literal(inputs)),
      template: (reference) => quotedListTemplate(statisticsOutsideFilters.expression(reference), "true"),
    },
    reportedOn: [{ input: "metricStreamStatistics" }],
  },
  requiredUnlessCreated("metricStreamRoleArn", "createMetricStreamRole", "role"),
  rejectedIfCreated("metricStreamRoleArn", "createMetricStreamRole", "role"),
  {
    inputs: ["metricStreamRoleName", "createMetricStreamRole"],
    allows: ({ isSet, valueOf }) => valueOf("createMetricStreamRole") !== false || !isSet("metricStreamRoleName"),
    condition: (reference) => `${reference("createMetricStreamRole")} || ${reference("metricStreamRoleName")} == null`,
    message: (label, value) =>
      `${label("metricStreamRoleName")} conflicts with ${label("createMetricStreamRole")} = false, got "${value("metricStreamRoleName")}". ` +
      `Remove it: ${label("metricStreamRoleArn")} is the role to use.`,
    reportedOn: [{ input: "metricStreamRoleName" }],
  },
  requiresStream("logGroups", "createLogsStream", hasEntries),
  requiresStream("subscribeAccount", "createLogsStream", isTrue),
  {
    inputs: ["logGroups", "metricsStreamName", "logsStreamName"],
    allows: (inputs) => !groupNames.of(inputs.valueOf("logGroups")).includes(errorLogGroup(inputs)),
    condition: (reference) =>
      `!contains(${groupNames.expression(reference("logGroups"))}, ${errorLogGroupReference(reference)})`,
    message: (label, _value, received) =>
      `${label("logGroups")} must not contain the error log group of the streams, got "${received}". ` +
      "Remove it: each delivery error would cause another delivery.",
    received: {
      literal: errorLogGroup,
      template: (reference) => `\${${errorLogGroupReference(reference)}}`,
    },
    reportedOn: [{ input: "logGroups" }],
  },
  {
    inputs: ["accountExcludedLogGroups", "metricsStreamName", "logsStreamName"],
    allows: (inputs) => criteriaBytes(inputs) <= MAX_CRITERIA_BYTES,
    condition: (reference) => `${criteriaBytesExpression(reference)} <= ${MAX_CRITERIA_BYTES}`,
    message: (label, _value, received) =>
      `${label("accountExcludedLogGroups")} must have at most ${MAX_CRITERIA_BYTES} bytes as selection criteria, got ${received} bytes. ` +
      `Exclude fewer log groups, or list those to subscribe in ${label("logGroups")}.`,
    received: {
      literal: (inputs) => String(criteriaBytes(inputs)),
      template: (reference) => `\${${criteriaBytesExpression(reference)}}`,
    },
    reportedOn: [{ input: "accountExcludedLogGroups" }],
  },
  {
    inputs: ["subscribeAccount", "logGroups", "accountExcludedLogGroups"],
    allows: (inputs) => deliveredTwice(inputs).length === 0,
    condition: (reference) =>
      `!${reference("subscribeAccount")} || alltrue([for item in ${groupNames.expression(reference("logGroups"))} : ${isExcluded(reference)}])`,
    message: (label, _value, received) =>
      `${label("logGroups")} conflicts with ${label("subscribeAccount")}, got ${received}. ` +
      `Remove these log groups or add them to ${label("accountExcludedLogGroups")}: their events would be delivered twice.`,
    received: {
      literal: (inputs) => quotedList(deliveredTwice(inputs)),
      template: (reference) =>
        quotedListTemplate(groupNames.expression(reference("logGroups")), `!${isExcluded(reference)}`),
    },
    reportedOn: [{ input: "subscribeAccount" }],
  },
];
