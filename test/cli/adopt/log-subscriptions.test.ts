import { logSubscriptionsPart } from "../../../cli/adopt/log-subscriptions";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  ERROR_LOG,
  guideStream,
  inventoryWith,
  linesOf,
  ROLE_ARN,
  sourcesWith,
  streamArn,
} from "../../helpers/adoption";

const filterOf = (logGroup: string, fields: object = {}) => ({
  logGroup,
  name: "kloudfuse-logs",
  destinationArn: streamArn("kloudfuse-logs"),
  roleArn: ROLE_ARN,
  filterPattern: "",
  ...fields,
});
const partOf = (filters: readonly ReturnType<typeof filterOf>[], inputs = {}) =>
  logSubscriptionsPart(inventoryWith({ sources: sourcesWith({ filters }) }), inputs);

describe("the subscription filters", () => {
  test("of the module's name are imported, with the pattern that most of them have", () => {
    const part = partOf([
      filterOf("/a", { filterPattern: "ERROR" }),
      filterOf("/b"),
      filterOf("/c"),
      filterOf("/d", { destinationArn: streamArn("other") }),
    ]);
    expect(part.imports).toEqual([
      { to: 'aws_cloudwatch_log_subscription_filter.log_groups["/b"]', id: "/b|kloudfuse-logs" },
      { to: 'aws_cloudwatch_log_subscription_filter.log_groups["/c"]', id: "/c|kloudfuse-logs" },
    ]);
    expect(part.inputs).toEqual({ logGroups: { "/b": "/b", "/c": "/c" }, logFilterPattern: "" });
    expect(linesOf(part)[0]).toMatch(/^import/);
    expect(linesOf(part)).toContain(
      'leave log group /a: subscription filter kloudfuse-logs: stays outside of Terraform: its pattern is "ERROR", and the module has one pattern for all',
    );
  });

  test("get the delivery role and the default distribution", () => {
    const part = partOf([filterOf("/a", { roleArn: "other", distribution: "Random" }), filterOf("/b")]);
    expect(linesOf(part).slice(2)).toEqual([
      `change log group /a: subscription role: other becomes ${ROLE_ARN}`,
      "change log group /a: subscription distribution: Random becomes ByLogStream",
    ]);
  });

  test("of another name stay: Terraform would replace them", () => {
    const part = partOf([filterOf("/a", { name: "mine" })]);
    expect(part.imports).toEqual([]);
    expect(part.inputs).toEqual({});
    expect(linesOf(part)).toEqual([
      "leave log group /a: subscription filter mine: stays outside of Terraform: the module names it kloudfuse-logs, and a new name replaces the filter",
    ]);
  });

  test("of a name with a quotation mark have a command that a shell reads", () => {
    expect(partOf([filterOf("/a", { name: "it's" })]).items?.[0]?.remedy).toContain(
      String.raw`aws logs delete-subscription-filter --log-group-name /a --filter-name 'it'\''s'`,
    );
  });

  test("of the error log group stay, to be removed", () => {
    expect(linesOf(partOf([filterOf(ERROR_LOG)]))).toEqual([
      `leave log group ${ERROR_LOG}: subscription filter kloudfuse-logs: stays outside of Terraform: each delivery error causes another delivery`,
    ]);
  });

  test("of a log group that the account policy selects stay, to be removed", () => {
    const inputs = { subscribeAccount: true, accountExcludedLogGroups: ["/b"], logFilterPattern: "" };
    const part = partOf([filterOf("/a"), filterOf("/b")], inputs);
    expect(part.imports?.map(({ id }) => id)).toEqual(["/b|kloudfuse-logs"]);
    expect(linesOf(part)).toContain(
      "leave log group /a: subscription filter kloudfuse-logs: stays outside of Terraform: the account policy selects the log group too, so that each event is delivered twice",
    );
  });

  test("have the pattern of the account policy, where there is one", () => {
    const inputs = { subscribeAccount: true, accountExcludedLogGroups: ["/b"], logFilterPattern: "ERROR" };
    expect(partOf([filterOf("/b")], inputs).imports).toEqual([]);
  });

  test("are none where the user keeps the sources, or there is no logs stream", () => {
    expect(logSubscriptionsPart(inventoryWith({ sources: undefined }), {})).toEqual({});
    expect(logSubscriptionsPart(inventoryWith({ streams: [guideStream("metrics")] }), {})).toEqual({});
  });

  test("are undetermined where AWS does not say", () => {
    const sources = sourcesWith({ filters: new UndeterminedError("AWS denied it. Grant it.") });
    expect(linesOf(logSubscriptionsPart(inventoryWith({ sources }), {}))).toEqual([
      "unknown subscription filters: subscription filters: AWS denied it.",
    ]);
  });
});
