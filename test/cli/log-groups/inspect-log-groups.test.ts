import { InterruptedError } from "../../../cli/aws/call";
import { type Inspection, inspectLogGroups } from "../../../cli/log-groups/inspect-log-groups";
import {
  aborted,
  actionOf,
  cloudWatchStub,
  firehoseError,
  jsonAnswer,
  logsStub,
  type Respond,
} from "../../helpers/aws-stub";

const NOW = new Date("2026-01-31T12:00:00Z");
const DENIED = firehoseError(400, "AccessDeniedException");

interface FiltersRequest {
  readonly logGroupName: string;
}

function inspect(answers: Readonly<Record<string, Respond>>, counts = new Array<number>()): Promise<Inspection> {
  const respond: Respond = (request) => answers[actionOf(request)]?.(request) ?? jsonAnswer({});
  const context = { logs: logsStub(respond), cloudWatch: cloudWatchStub(respond) };
  return inspectLogGroups(
    context,
    { prefixes: [], excludes: [] },
    {
      now: NOW,
      progress: (count) => {
        counts.push(count);
      },
    },
  );
}

const groups =
  (...names: readonly string[]): Respond =>
  () =>
    jsonAnswer({ logGroups: names.map((logGroupName) => ({ logGroupName })) });
const size: Respond = () => jsonAnswer({ MetricDataResults: [{ Id: "m0", StatusCode: "Complete", Values: [70] }] });

describe("log groups", () => {
  test("are sorted by name, each with its filters and size", async () => {
    const filters: Respond = ({ body }) => {
      const { logGroupName } = JSON.parse(body.toString()) as FiltersRequest;
      return jsonAnswer({ subscriptionFilters: [{ filterName: `of ${logGroupName}`, destinationArn: "arn" }] });
    };
    const { groups: found, reasons } = await inspect({
      DescribeLogGroups: groups("b", "a"),
      DescribeSubscriptionFilters: filters,
      GetMetricData: size,
    });
    expect(reasons).toEqual(["CloudWatch did not answer completely for the size of 1 log group."]);
    expect(found).toEqual([
      {
        name: "a",
        logClass: "STANDARD",
        createdAt: undefined,
        filters: [{ name: "of a", destinationArn: "arn", roleArn: "", filterPattern: "" }],
        bytesPerDay: 10,
      },
      {
        name: "b",
        logClass: "STANDARD",
        createdAt: undefined,
        filters: [{ name: "of b", destinationArn: "arn", roleArn: "", filterPattern: "" }],
        bytesPerDay: undefined,
      },
    ]);
  });

  test("are counted as they come", async () => {
    const counts = new Array<number>();
    await inspect({ DescribeLogGroups: groups("a", "b", "c") }, counts);
    expect(counts.at(-1)).toBe(3);
  });

  test("hide nothing where AWS denies their filters or sizes, and name each reason once", async () => {
    const { groups: found, reasons } = await inspect({
      DescribeLogGroups: groups("a", "b"),
      DescribeSubscriptionFilters: () => DENIED,
      GetMetricData: () => DENIED,
    });
    expect(found.map(({ name, filters, bytesPerDay }) => [name, filters, bytesPerDay])).toEqual([
      ["a", undefined, undefined],
      ["b", undefined, undefined],
    ]);
    expect(reasons.map((reason) => reason.split(".")[0])).toEqual([
      "AWS denied logs:DescribeSubscriptionFilters",
      "AWS denied cloudwatch:GetMetricData",
    ]);
  });

  test("are asked for their filters five at once, and no more", async () => {
    let [inFlight, most] = [0, 0];
    const filters: Respond = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= 1;
      return jsonAnswer({});
    };
    const names = Array.from({ length: 20 }, (_, index) => `group-${index}`);
    await inspect({ DescribeLogGroups: groups(...names), DescribeSubscriptionFilters: filters });
    expect(most).toBe(5);
  });

  test("are an error where AWS does not list them", async () => {
    await expect(inspect({ DescribeLogGroups: () => DENIED })).rejects.toThrow(/^AWS denied logs:DescribeLogGroups\./);
  });

  test("end with the command", async () => {
    await expect(inspect({ DescribeLogGroups: groups("a"), DescribeSubscriptionFilters: aborted })).rejects.toThrow(
      new InterruptedError(),
    );
  });
});
