import { deliveryErrorLogGroup } from "../../../policies/rules/delivery-error-log-group";
import { type Changes, HTTP, outcomesOf, STREAM } from "../../helpers/rule-plan";

const GROUP = "aws_cloudwatch_log_group";
const LOG_STREAM = "aws_cloudwatch_log_stream";
const OPTIONS = `${HTTP}.cloudwatch_logging_options.0`;
const ERRORS = `module.kloudfuse.${GROUP}.errors`;
const DELIVERY = `${LOG_STREAM}.logs_http_endpoint_delivery`;
const NAME = '"kloudfuse-logs/http-endpoint-delivery"';
const AGAIN = "Evaluate the plan again after the apply.";
const stream = (kind: string, text: string): string => `${kind} ${STREAM}.logs: ${text}`;
const outcomes = (changes: Changes): string[] => outcomesOf(deliveryErrorLogGroup, changes);
const missing = stream(
  "finding",
  `the log stream ${NAME} of ${ERRORS} is not in the plan → Create it with an aws_cloudwatch_log_stream.`,
);

describe("the error log", () => {
  test("is as the module writes it", () => {
    expect(outcomes({})).toEqual([]);
  });

  test.each([[0], [undefined]])("must expire, not after %s days", (days) => {
    const found = `finding ${GROUP}.errors: retention_in_days is ${days ?? "not set"} → Set a retention.`;
    expect(outcomes({ edits: { [GROUP]: { set: { retention_in_days: days } } } })).toEqual([found, found]);
  });

  test("is undetermined in a group that the plan does not have", () => {
    const text = (path: string): string =>
      stream(
        "unknown",
        'the log group "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs" is not in this plan → Make sure that it exists with its log streams, and that its logs expire.' +
          path,
      );
    expect(outcomes({ edits: { [GROUP]: "absent" } })).toEqual([text(""), text("")]);
  });

  test("is unknown in a group that is not known", () => {
    const path = `${OPTIONS}.log_group_name`;
    const references = { [path]: ["var.group"] };
    expect(outcomes({ edits: { [STREAM]: { unknown: [path], references } } })).toEqual([
      stream("unknown", `${path} is not known before the apply → ${AGAIN}`),
    ]);
  });

  test("must be named", () => {
    const path = `${OPTIONS}.log_group_name`;
    expect(outcomes({ edits: { [STREAM]: { set: { [path]: undefined } } } })).toEqual([
      stream("finding", `${path} is not set → Name the log group.`),
    ]);
  });

  test.each([[false], [undefined]])("is left to KFF-DEL-005 where it is off: %s", (enabled) => {
    expect(
      outcomes({ edits: { [STREAM]: { set: { [`${OPTIONS}.enabled`]: enabled } }, [DELIVERY]: "absent" } }),
    ).toEqual([]);
  });

  test("must have its log streams", () => {
    expect(outcomes({ edits: { [DELIVERY]: "absent" } })).toEqual([missing]);
    expect(outcomes({ edits: { [DELIVERY]: { set: { log_group_name: "/other" } } } })).toEqual([missing]);
    expect(outcomes({ edits: { [DELIVERY]: { set: { name: "other" } } } })).toEqual([missing]);
    expect(outcomes({ edits: { [DELIVERY]: { set: { region: "us-east-1" } } } })).toEqual([missing]);
  });

  test.each([["name"], ["log_group_name"]])("may have a log stream of which the %s is not known", (path) => {
    expect(outcomes({ edits: { [DELIVERY]: { unknown: [path], references: { [path]: ["var.value"] } } } })).toEqual([
      stream("unknown", `whether the log stream ${NAME} is in ${ERRORS} is not known before the apply → ${AGAIN}`),
    ]);
  });

  test.each([[undefined], [""]])("must have its log stream named: %j", (name) => {
    const path = `${OPTIONS}.log_stream_name`;
    expect(outcomes({ edits: { [STREAM]: { set: { [path]: name } } } })).toEqual([
      stream("finding", `${path} is not set → Name the log stream.`),
    ]);
  });

  test("may name a log stream by reference", () => {
    const path = `${OPTIONS}.log_stream_name`;
    const edits = (reference: string) => ({
      [STREAM]: { unknown: [path], references: { [path]: [reference] } },
      [DELIVERY]: { unknown: ["name"] },
    });
    expect(outcomes({ edits: edits(`${DELIVERY}.name`) })).toEqual([]);
    expect(outcomes({ edits: edits("var.name") })).toEqual([
      stream("unknown", `${path} is not known before the apply → ${AGAIN}`),
    ]);
  });
});
