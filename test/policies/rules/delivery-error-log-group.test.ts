import { deliveryErrorLogGroup } from "../../../policies/rules/delivery-error-log-group";
import { AFTER, change, ELSEWHERE, LOG_GROUP, REGION } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BACKUP, checkGood, goodStream, GROUP, HTTP, logStream, STREAM } from "../../helpers/rule-plan";

const OPTIONS = `${HTTP}.cloudwatch_logging_options.0`;
const BACKUP_OPTIONS = `${BACKUP}.cloudwatch_logging_options.0`;
const group = (values: object): ReturnType<typeof change> =>
  change(GROUP, { region: REGION, name: LOG_GROUP, retention_in_days: 30, ...values });
const logging = (values: object): { readonly http: { readonly cloudwatch_logging_options: readonly object[] } } => ({
  http: {
    cloudwatch_logging_options: [{ enabled: true, log_group_name: LOG_GROUP, log_stream_name: "http", ...values }],
  },
});
const missing = (name: string): string =>
  `finding ${STREAM}: the log group ${GROUP} has no log stream ${name} | Create it with aws_cloudwatch_log_stream.`;

describe("KFF-DEL-006", () => {
  test.each([
    ["no retention", {}, "not set"],
    ["the retention 0, which keeps them for ever", { retention_in_days: 0 }, "0"],
  ])("finds logs with %s, once for both deliveries", (_, values, shown) => {
    const logGroup = group({ retention_in_days: undefined, ...values });
    expect(checkGood(deliveryErrorLogGroup, { logGroup })).toEqual([
      `finding ${GROUP}: retention_in_days is ${shown} | Set a retention.`,
    ]);
  });

  test("accepts a retention of one day", () => {
    expect(checkGood(deliveryErrorLogGroup, { logGroup: group({ retention_in_days: 1 }) })).toEqual([]);
  });

  test("says that the retention is not known", () => {
    const logGroup = { ...group({}), unknown: ["retention_in_days"] };
    expect(checkGood(deliveryErrorLogGroup, { logGroup })).toEqual([
      `unknown ${GROUP}: retention_in_days is not known before the apply | ${AFTER}`,
    ]);
  });

  test.each([
    ["http", [logStream("s3")]],
    ["s3", [logStream("http")]],
  ])("finds that the log stream %s is missing", (name, logStreams) => {
    expect(checkGood(deliveryErrorLogGroup, { logStreams })).toEqual([missing(name)]);
  });

  test("finds that the log stream is in another group", () => {
    const other = change("aws_cloudwatch_log_group.other", { region: REGION, name: "/other", retention_in_days: 1 });
    const logStreams = [logStream("http"), logStream("s3", { log_group_name: "/other" })];
    expect(checkGood(deliveryErrorLogGroup, { logStreams }, [other])).toEqual([missing("s3")]);
  });

  test("says that a log stream whose name or group is not known may be the one", () => {
    const open = `unknown ${STREAM}: whether the log group ${GROUP} has a log stream s3 is not known before the apply | ${ELSEWHERE}`;
    const nameless = logStream("s3", {}, { unknown: ["name"] });
    const groupless = logStream("s3", {}, { unknown: ["log_group_name"], isUnconfigured: true });
    expect(checkGood(deliveryErrorLogGroup, { logStreams: [logStream("http"), nameless] })).toEqual([open]);
    expect(
      checkGood(
        deliveryErrorLogGroup,
        { logGroup: { ...group({}), unknown: ["arn"] }, logStreams: [logStream("http"), groupless] },
        [change("aws_cloudwatch_log_group.other", { region: REGION, name: "/other" }, { unknown: ["arn"] })],
      ),
    ).toEqual([open]);
  });

  test("says that a log stream may be missing in a plan that is not complete", () => {
    expect(checkGood(deliveryErrorLogGroup, { logStreams: [logStream("http")] }, [], { complete: false })).toEqual([
      `unknown ${STREAM}: whether the log group ${GROUP} has a log stream s3 is not known before the apply | ${ELSEWHERE}`,
    ]);
  });

  test("follows a reference to a log stream whose name is not known", () => {
    const name = `${OPTIONS}.log_stream_name`;
    const stream = (reference: string): ReturnType<typeof goodStream> => goodStream({}, unknownAt(name, reference));
    const logStreams = [logStream("http", {}, { unknown: ["name"] }), logStream("s3")];
    expect(
      checkGood(deliveryErrorLogGroup, { stream: stream("aws_cloudwatch_log_stream.http.name"), logStreams }),
    ).toEqual([]);
    expect(checkGood(deliveryErrorLogGroup, { stream: stream("var.name"), logStreams })).toEqual([
      `unknown ${STREAM}: ${name} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that a log stream of another group, whose name is not known, may be the wrong one", () => {
    const name = `${OPTIONS}.log_stream_name`;
    const stream = goodStream({}, unknownAt(name, "aws_cloudwatch_log_stream.http.name"));
    const logStreams = [logStream("http", { log_group_name: "/other" }, { unknown: ["name"] }), logStream("s3")];
    expect(checkGood(deliveryErrorLogGroup, { stream, logStreams })).toEqual([
      `unknown ${STREAM}: ${name} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("follows a reference to a group whose name is not known", () => {
    const name = `${OPTIONS}.log_group_name`;
    const stream = goodStream({}, unknownAt(name, `${GROUP}.name`));
    expect(checkGood(deliveryErrorLogGroup, { stream, logGroup: { ...group({}), unknown: ["arn", "id"] } })).toEqual(
      [],
    );
  });

  test("says that the group is not known", () => {
    const name = `${OPTIONS}.log_group_name`;
    const stream = goodStream({}, unknownAt(name, "var.group"));
    expect(checkGood(deliveryErrorLogGroup, { stream })).toEqual([
      `unknown ${STREAM}: ${name} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that a group of another root is undetermined, for either delivery", () => {
    expect(checkGood(deliveryErrorLogGroup, { logGroup: undefined, logStreams: [] })).toEqual([
      `unknown ${STREAM}: the plan does not have the log group ${LOG_GROUP}: whether it exists, and its retention, are undetermined | ${ELSEWHERE}`,
    ]);
    const sensitive = goodStream({}, { sensitive: [`${OPTIONS}.log_group_name`, `${BACKUP_OPTIONS}.log_group_name`] });
    expect(checkGood(deliveryErrorLogGroup, { logGroup: undefined, logStreams: [], stream: sensitive })).toEqual([
      `unknown ${STREAM}: the plan does not have the log group (sensitive value): whether it exists, and its retention, are undetermined | ${ELSEWHERE}`,
    ]);
  });

  test.each([
    ["log_group_name", "Name a log group."],
    ["log_stream_name", "Name a log stream of the log group."],
  ])("finds that %s is not set", (name, remedy) => {
    const found = [`finding ${STREAM}: ${OPTIONS}.${name} is not set | ${remedy}`];
    expect(checkGood(deliveryErrorLogGroup, { stream: goodStream(logging({ [name]: undefined })) })).toEqual(found);
    expect(checkGood(deliveryErrorLogGroup, { stream: goodStream(logging({ [name]: "" })) })).toEqual(found);
  });

  test("asks nothing of logging that is off: that is KFF-DEL-005", () => {
    const stream = goodStream(logging({ enabled: false, log_group_name: "", log_stream_name: "" }));
    expect(checkGood(deliveryErrorLogGroup, { stream })).toEqual([]);
  });

  test("quotes no sensitive name", () => {
    const stream = goodStream({}, { sensitive: [`${BACKUP_OPTIONS}.log_stream_name`] });
    expect(checkGood(deliveryErrorLogGroup, { stream, logStreams: [logStream("http")] })).toEqual([
      missing("(sensitive value)"),
    ]);
  });
});
