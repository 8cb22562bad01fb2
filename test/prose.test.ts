import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { ACCOUNT_SUBSCRIPTION_OPTIONS } from "../modules/account-log-subscription";
import { RECOMMENDED_FRESHNESS_SECONDS, S3_BUFFERING_SECONDS } from "../modules/alarm-table";
import { ALARM_TOPIC_OPTIONS } from "../modules/alarm-topic";
import { ALARM_OPTIONS } from "../modules/alarms";
import { BACKUP_BUCKET_PROPERTIES } from "../modules/backup-bucket";
import { DELIVERY_OPTIONS } from "../modules/delivery-options";
import { DELIVERY_ROLE_PROPERTIES } from "../modules/delivery-role";
import { ERROR_LOG_RETENTION_DAYS, FIREHOSE_DEFAULTS } from "../modules/http-delivery-stream";
import { INPUT_NAMES, inputEntries, inputOf, type InputName } from "../modules/inputs";
import { LIMITS } from "../modules/limits";
import { MAX_CRITERIA_BYTES } from "../modules/log-criteria";
import { METRIC_STREAM_OPTIONS } from "../modules/metric-stream";
import { METRIC_STREAM_ROLE_PROPERTIES } from "../modules/metric-stream-role";
import { INPUT_PROPERTIES } from "../modules/props";
import type { Rule } from "../modules/rules";
import { STATISTICS_PER_ENTRY } from "../modules/source-limits";
import { DEFAULT_PERIOD_SECONDS, PUBLISH_PERIOD_SECONDS } from "../modules/stream-metric";
import { filesIn } from "./helpers/source-files";

const MODULES = join(__dirname, "../modules");

const parse = (file: string): ts.SourceFile =>
  ts.createSourceFile(file, readFileSync(join(MODULES, file), "utf8"), ts.ScriptTarget.ES2022, true);

/** The docstring of a property of an interface. */
interface Docstring {
  /** Name of the interface and of the property, such as `BackupBucketProps.tags`. */
  readonly id: string;
  readonly property: string;
  readonly isOptional: boolean;
  /** The text up to the examples, on one line; undefined: there is no docstring. */
  readonly doc: string | undefined;
}

const descendants = (node: ts.Node): ts.Node[] => {
  const children: ts.Node[] = [];
  node.forEachChild((child) => void children.push(child, ...descendants(child)));
  return children;
};

const docOf = (node: ts.Node): string | undefined =>
  ts
    .getJSDocCommentsAndTags(node)
    .filter(ts.isJSDoc)
    .map((doc) => doc.getText().slice("/**".length, -"*/".length))
    .map((text) =>
      text
        .replace(/\s*\n\s*\* ?/g, " ")
        .replace(/@example.*/, "")
        .trim(),
    )
    .at(0);

let docstrings: readonly Docstring[] = [];

beforeAll(() => {
  docstrings = readdirSync(MODULES, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => descendants(parse(file)))
    .filter(ts.isInterfaceDeclaration)
    .flatMap(({ name, members }) =>
      members.filter(ts.isPropertySignature).map((member) => ({
        id: `${name.text}.${member.name.getText()}`,
        property: member.name.getText(),
        isOptional: member.questionToken !== undefined,
        doc: docOf(member),
      })),
    );
});

const docstringOf = (id: string): string => docstrings.find((each) => each.id === id)?.doc ?? "";

/** What a property stands for. */
interface Expected {
  readonly input?: InputName;
  readonly rules: readonly Rule[];
  /** The default; null: none that a table has. Undefined: the property is required. */
  readonly fallback: unknown;
}

const ofInputs = (
  of: string,
  inputs: readonly InputName[] | Readonly<Record<string, InputName>>,
): readonly (readonly [string, Expected])[] =>
  inputEntries(inputs).map(([property, name]) => {
    const { rules, default: fallback } = inputOf(name);
    return [`${of}.${property}`, { input: name, rules, fallback }];
  });

const STATISTICS = inputOf("metricStreamStatistics");

/** The rules of a list of statistics that are about one attribute of its entries. */
const ofAttribute = (item: string, ...also: readonly Rule[]): Expected => ({
  rules: [...STATISTICS.rules.filter((rule) => rule.item === item), ...also],
  fallback: undefined,
});

const STATISTICS_ATTRIBUTES: Readonly<Record<string, Expected>> = {
  "MetricStreamStatistics.namespace": ofAttribute("namespace"),
  "MetricStreamStatistics.metricName": ofAttribute("metric name"),
  "MetricStreamStatistics.statistics": ofAttribute("statistic", STATISTICS_PER_ENTRY),
};
const ofAttributes: readonly Rule[] = Object.values(STATISTICS_ATTRIBUTES).flatMap(({ rules }) => rules);

/** Every property of the constructs that stands for an input, or has limits of its own. */
const EXPECTED: Readonly<Record<string, Expected>> = {
  ...Object.fromEntries([
    ...ofInputs("DeliveryOptions", DELIVERY_OPTIONS),
    ...ofInputs(
      "KloudfuseFirehoseProps",
      INPUT_PROPERTIES.filter((name) => !DELIVERY_OPTIONS.some((option) => option === name)),
    ),
    ...ofInputs("SourceProps", ["logGroups", "logFilterPattern"]),
    ...ofInputs("DeliveryRoleProps", DELIVERY_ROLE_PROPERTIES),
    // The others are those of `DeliveryRoleProps`.
    ...ofInputs("MetricStreamRoleProps", { roleName: METRIC_STREAM_ROLE_PROPERTIES.roleName }),
    ...ofInputs("BackupBucketProps", BACKUP_BUCKET_PROPERTIES),
    ...ofInputs("MetricStreamOptions", METRIC_STREAM_OPTIONS),
    ...ofInputs("MetricStreamProps", ["tags"]),
    ...ofInputs("AccountLogSubscriptionOptions", ACCOUNT_SUBSCRIPTION_OPTIONS),
    ...ofInputs("AlarmOptions", ALARM_OPTIONS),
    ...ofInputs("AlarmTopicOptions", ALARM_TOPIC_OPTIONS),
    ...ofInputs("HttpDeliveryStreamProps", ["kmsKeyArn", "tags"]),
  ]),
  "MetricStreamOptions.statistics": {
    input: "metricStreamStatistics",
    rules: STATISTICS.rules.filter((rule) => !ofAttributes.includes(rule)),
    fallback: STATISTICS.default,
  },
  ...STATISTICS_ATTRIBUTES,
  "HttpDeliveryStreamProps.streamName": { rules: LIMITS.streamName, fallback: undefined },
  "HttpDeliveryStreamProps.endpointUrl": { rules: LIMITS.endpointUrl, fallback: undefined },
  "HttpDeliveryStreamProps.endpointName": { rules: LIMITS.endpointName, fallback: null },
  "HttpDeliveryStreamProps.bufferingSizeMb": {
    rules: LIMITS.bufferingSizeMb,
    fallback: FIREHOSE_DEFAULTS.bufferingSizeMb,
  },
  "HttpDeliveryStreamProps.bufferingIntervalSeconds": {
    rules: LIMITS.bufferingIntervalSeconds,
    fallback: FIREHOSE_DEFAULTS.bufferingIntervalSeconds,
  },
  "HttpDeliveryStreamProps.failurePrefix": { rules: LIMITS.backupPrefix, fallback: null },
  "DashboardOptions.dashboardName": { rules: LIMITS.dashboardName, fallback: null },
  "StreamMetricOptions.periodSeconds": { rules: [], fallback: DEFAULT_PERIOD_SECONDS },
};

/** The properties that have the name of another one in the table, but are set by this library or described elsewhere. */
const NOT_INPUTS: Readonly<Record<string, string>> = {
  "IBackupBucket.bucketName": "of a bucket that exists",
  "IDeliveryRole.roleName": "of a role that exists",
  "IMetricStreamRole.roleName": "of a role that exists",
  "NamedRole.roleName": "of a role that exists",
  "StreamMetric.metricName": "of a metric of Firehose",
  "IDeliveryRole.roleArn": "of a role that exists",
  "IMetricStreamRole.roleArn": "of a role that exists",
  "AlarmInstance.metricName": "of a metric of Firehose",
  "StreamMetric.namespace": "of a metric of Firehose",
  "LiteralsContext.accessKey": "a token for the literal, already checked",
  "Signal.failurePrefix": "a constant",
  "StreamPermissions.failurePrefix": "HttpDeliveryStreamProps.failurePrefix, already checked",
  "AccountLogSubscriptionProps.logGroups": "the log groups of SourceProps.logGroups, already checked",
  "DashboardStream.stalledSeconds": "computed from AlarmOptions.stalledSeconds",
  "GraphsOptions.stalledSeconds": "computed from AlarmOptions.stalledSeconds",
  "Signal.streamName": "the default of an input",
};

/** The figures that are in a docstring besides those of the rules and the default, with what they are. */
const OTHER_FIGURES: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  "AccountLogSubscriptionOptions.excludedLogGroups": { "CloudWatch Logs API, PutAccountPolicy": MAX_CRITERIA_BYTES },
  "AlarmOptions.stalledSeconds": {
    "the computed default: recommended freshness": RECOMMENDED_FRESHNESS_SECONDS,
    "the computed default: buffering of the backup": S3_BUFFERING_SECONDS,
  },
  "Combination.reportedOn": { "a pair of variables": 2 },
  "HttpDeliveryStreamProps.errorLogGroup": { "retention of the log group that is created": ERROR_LOG_RETENTION_DAYS },
  "MetricStreamOptions.statistics": { "the statistics that every metric stream has": 4 },
  "MetricStreamStatistics.statistics": { "pricing of CloudWatch: additional statistics per metric update": 5 },
  "StreamMetricOptions.periodSeconds": { "Firehose publishes one value per minute": PUBLISH_PERIOD_SECONDS },
};

const NUMBER_WORDS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/** A text without code, and without separators of thousands. */
const plain = (text: string): string => text.replace(/`[^`]*`/g, "").replace(/(\d),(?=\d{3}\b)/g, "$1");

/** The figures of a text, but those in names, such as S3 and eu-west-1, and in sets of characters, such as 0-9. */
const figuresOf = (text: string): number[] => {
  const prose = plain(text).replace(/\b0-9\b/g, "");
  return [
    ...[...prose.matchAll(/(?<![A-Za-z0-9_.]|[A-Za-z]-)\d+/g)].map(([figure]) => Number(figure)),
    // "one" is mostly a pronoun.
    ...[...prose.toLowerCase().matchAll(/[a-z]+/g)]
      .map(([word]) => NUMBER_WORDS.indexOf(word))
      .filter((figure) => figure > 1),
  ];
};

/** What states a rule in a docstring, for each kind of rule with figures. */
const WORDINGS: readonly (readonly [RegExp, (first: string, second: string) => string])[] = [
  [/^be (a whole number from \d+ to \d+)$/, (range) => range],
  [/^be (\d+) to (\d+) of the characters /, (minimum, maximum) => `${minimum} to ${maximum}`],
  [/^have (\d+ to \d+ (?:bytes|statistics))/, (range) => range],
  [/^(?:be|have) (at most \d+) /, (maximum) => maximum],
  [/^be one of (\d+), .*, (\d+)$/, (minimum, maximum) => `from ${minimum} to ${maximum}`],
  [/ (six-character suffix),/, (suffix) => suffix],
];

/** What must match a docstring because of a rule; undefined: the rule has no figures. */
function statementOf({ item, text }: Rule): RegExp | undefined {
  if (figuresOf(text).length === 0) {
    return undefined;
  }
  const [statement] = WORDINGS.flatMap(([pattern, wording]) => {
    const found = pattern.exec(text);
    return found === null ? [] : [wording(found[1] ?? "", found[2] ?? "")];
  });
  if (statement === undefined) {
    throw new Error(`WORDINGS has no wording for a rule with figures, got "${text}". Add one.`);
  }
  const ofItem = item === "name" || item === "value" ? `\\b${item}s [^,]*` : "";
  return new RegExp(`${ofItem}(?<!\\d)${statement}(?!\\d)`, "i");
}

const otherFiguresOf = (id: string): number[] => Object.values(OTHER_FIGURES[id] ?? {});

const expectedEntries = Object.entries(EXPECTED).map(([id, expected]) => ({ id, ...expected }));

describe("every property that stands for an input", () => {
  test("is in the table of properties, or has a reason why it is not", () => {
    const names = new Set([...INPUT_NAMES, ...Object.keys(EXPECTED).map((id) => id.split(".")[1])]);
    const missing = docstrings
      .filter(({ property, doc }) => doc !== undefined && names.has(property))
      .map(({ id }) => id)
      .filter((id) => EXPECTED[id] === undefined);
    expect(missing.sort()).toEqual(Object.keys(NOT_INPUTS).sort());
  });

  test.each(expectedEntries)("$id has a docstring", ({ id }) => {
    expect(docstrings.filter((each) => each.id === id && each.doc !== undefined)).toHaveLength(1);
  });

  test("is there for every input with rules but those of existing resources, which are arguments", () => {
    const undocumented = INPUT_NAMES.filter((name) => inputOf(name).rules.length > 0).filter((name) =>
      expectedEntries.every(({ input }) => input !== name),
    );
    expect(undocumented).toEqual(["roleArn", "backupBucketArn", "metricStreamRoleArn"]);
  });
});

describe("the docstring of each property", () => {
  test.each(expectedEntries)("$id states every bound of its rules", ({ id, rules }) => {
    const doc = docstringOf(id);
    const missing = rules.flatMap((rule) => {
      const statement = statementOf(rule);
      return statement === undefined || statement.test(plain(doc)) ? [] : [rule.text];
    });
    expect(missing).toEqual([]);
  });

  test.each(expectedEntries)("$id states its default, unless the property is required", ({ id, fallback }) => {
    const { doc = "", isOptional } = docstrings.find((each) => each.id === id) ?? {};
    const stated = /@default (.*)$/.exec(doc)?.[1];
    expect([isOptional, stated !== undefined]).toEqual([fallback !== undefined, fallback !== undefined]);
    if (fallback !== undefined && fallback !== null) {
      expect(/^(".*?"|[^:,\s]+)/.exec(stated ?? "")?.[1]).toBe(JSON.stringify(fallback));
    }
  });

  test("has no other figures", () => {
    const wrong = docstrings.flatMap(({ id, doc = "" }) => {
      const { rules = [], fallback } = EXPECTED[id] ?? {};
      const allowed = [...rules.flatMap(({ text }) => figuresOf(text)), fallback, ...otherFiguresOf(id)];
      return figuresOf(doc)
        .filter((figure) => !allowed.includes(figure))
        .map((figure) => ({ id, figure }));
    });
    expect(wrong).toEqual([]);
  });

  test.each(Object.keys(OTHER_FIGURES))("%s has the figures that are listed for it", (id) => {
    expect(figuresOf(docstringOf(id))).toEqual(expect.arrayContaining(otherFiguresOf(id)));
  });
});

/** The figures that are typed in descriptions and in advice, with what they are. */
const TYPED_FIGURES: Readonly<Record<number, string>> = {
  0: "what the value 0 does",
  443: "the only port that Firehose delivers to",
  5: "pricing of CloudWatch: additional statistics per metric update",
};

/** The strings of an expression, without what is interpolated. */
const typedText = (expression: ts.Node): string =>
  [expression, ...descendants(expression)]
    .flatMap((node) =>
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
        ? [node.text]
        : [],
    )
    .join(" ");

describe("the descriptions of inputs and their advice", () => {
  let texts: readonly { readonly name: string; readonly text: string }[] = [];

  beforeAll(() => {
    texts = ["inputs.ts", "source-inputs.ts", "alarm-inputs.ts"].flatMap((file) =>
      descendants(parse(file))
        .filter(ts.isPropertyAssignment)
        .filter(({ name }) => ["description", "advice"].includes(name.getText()))
        .map(({ name, initializer }) => ({ name: name.getText(), text: typedText(initializer) })),
    );
  });

  test("are found", () => {
    expect(texts.filter(({ name }) => name === "description")).toHaveLength(INPUT_NAMES.length);
  });

  test("take the figures of limits from the tables", () => {
    const typed = texts.flatMap(({ text }) => figuresOf(text));
    expect([...new Set(typed)].sort((a, b) => a - b)).toEqual(Object.keys(TYPED_FIGURES).map(Number));
  });

  test.each(INPUT_NAMES)("the figures of %s are those of its own rules", (name) => {
    const { description, rules } = inputOf(name);
    const allowed = [...rules.flatMap(({ text }) => figuresOf(text)), ...Object.keys(TYPED_FIGURES).map(Number)];
    const computed = name === "alarmStalledSeconds" ? otherFiguresOf("AlarmOptions.stalledSeconds") : [];
    expect(figuresOf(description).filter((figure) => ![...allowed, ...computed].includes(figure))).toEqual([]);
  });
});

describe("messages", () => {
  test("show the value received after a comma, never in parentheses", () => {
    const sources = ["iam", "modules", "policies", "fleet", "cli", "scripts"].flatMap(filesIn).concat("main.ts");
    expect(sources.filter((file) => readFileSync(file, "utf8").includes(" (got "))).toEqual([]);
  });
});
