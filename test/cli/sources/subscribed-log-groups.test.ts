import { readSubscribedLogGroups } from "../../../cli/sources/subscribed-log-groups";
import { asObject } from "../../../iam/json";
import {
  aborted,
  actionOf,
  firehoseError,
  jsonAnswer,
  logsStub,
  type Respond,
  type StubRequest,
} from "../../helpers/aws-stub";

const parameter = ({ body }: StubRequest, name: string): string => {
  const value = asObject(JSON.parse(body.toString()))[name];
  return typeof value === "string" ? value : "";
};

/** A region with log groups; each has a filter named after it. Counts the calls. */
function region(names: readonly string[], answers: Readonly<Record<string, Respond>> = {}) {
  const calls = new Map<string, number>();
  let [inFlight, peak] = [0, 0];
  const defaults: Readonly<Record<string, Respond>> = {
    DescribeLogGroups: (request) => {
      const start = Number(parameter(request, "nextToken"));
      const page = names.slice(start, start + 50);
      return jsonAnswer({
        logGroups: page.map((logGroupName) => ({ logGroupName })),
        ...(start + 50 < names.length ? { nextToken: String(start + 50) } : {}),
      });
    },
    DescribeSubscriptionFilters: (request) =>
      jsonAnswer({ subscriptionFilters: [{ filterName: "f", destinationArn: parameter(request, "logGroupName") }] }),
  };
  const logs = logsStub(async (request) => {
    const action = actionOf(request);
    calls.set(action, (calls.get(action) ?? 0) + 1);
    inFlight += 1;
    peak = Math.max(peak, inFlight);
    await new Promise((resolve) => setImmediate(resolve));
    inFlight -= 1;
    return (answers[action] ?? defaults[action] ?? (() => firehoseError(400, "Unexpected")))(request);
  });
  const read = (first: readonly string[] = []) => readSubscribedLogGroups(logs, first);
  return { read, calls, peak: () => peak };
}

const groups = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => `/g/${String(index).padStart(3, "0")}`);

describe("the subscribed log groups of a region", () => {
  test("are read of all that can be subscribed, five at once", async () => {
    const { read, calls, peak } = region(groups(200));
    const { filters, count, isComplete, errors } = await read();
    expect({ filters: filters.length, count, isComplete, errors }).toEqual({
      filters: 200,
      count: 200,
      isComplete: true,
      errors: [],
    });
    expect(Object.fromEntries(calls)).toEqual({ DescribeLogGroups: 4, DescribeSubscriptionFilters: 200 });
    // The next page is read beside them.
    expect(peak()).toBeLessThanOrEqual(6);
  });

  test("are incomplete where there are more than 200", async () => {
    const { read, calls } = region(groups(201));
    expect(await read()).toMatchObject({ count: 200, isComplete: false, errors: [] });
    expect(calls.get("DescribeSubscriptionFilters")).toBe(200);
  });

  test("begin with those that are named, each once, and are sorted", async () => {
    const { read } = region(groups(201));
    const { filters, count } = await read(["/g/200", "/z", "/z"]);
    expect(count).toBe(200);
    expect(filters.map(({ logGroup }) => logGroup)).toEqual([...groups(198), "/g/200", "/z"]);
  });

  test("leave out classes that cannot be subscribed", async () => {
    const logGroups = [
      { logGroupName: "a", logGroupClass: "STANDARD" },
      { logGroupName: "b", logGroupClass: "INFREQUENT_ACCESS" },
      { logGroupName: "c", logGroupClass: "DELIVERY" },
      { logGroupName: "d" },
    ];
    const { read } = region([], { DescribeLogGroups: () => jsonAnswer({ logGroups }) });
    expect((await read()).filters.map(({ logGroup }) => logGroup)).toEqual(["a", "d"]);
  });

  test("are those that are named where the list is denied", async () => {
    const { read } = region([], { DescribeLogGroups: () => firehoseError(400, "AccessDeniedException") });
    const { filters, count, isComplete, errors } = await read(["/named"]);
    const messages = errors.map(({ message }) => message);
    expect({ names: filters.map(({ logGroup }) => logGroup), count, isComplete, messages }).toEqual({
      names: ["/named"],
      count: 1,
      isComplete: false,
      messages: ["AWS denied logs:DescribeLogGroups. Grant it to the user or role that runs this command."],
    });
  });

  test("are known of the log groups that are not denied", async () => {
    const { read } = region(groups(20), {
      DescribeSubscriptionFilters: (request) =>
        parameter(request, "logGroupName") === "/g/010"
          ? firehoseError(400, "AccessDeniedException")
          : jsonAnswer({ subscriptionFilters: [] }),
    });
    expect(await read()).toMatchObject({ count: 19, isComplete: false });
  });

  test("stop where every call is denied", async () => {
    const { read, calls } = region(groups(200), {
      DescribeSubscriptionFilters: () => firehoseError(400, "AccessDeniedException"),
    });
    const { filters, count, isComplete, errors } = await read();
    expect({ filters, count, isComplete, messages: errors.map(({ message }) => message) }).toEqual({
      filters: [],
      count: 0,
      isComplete: false,
      messages: ["AWS denied logs:DescribeSubscriptionFilters. Grant it to the user or role that runs this command."],
    });
    expect(calls.get("DescribeSubscriptionFilters")).toBeLessThan(20);
  });

  test("end with the command", async () => {
    for (const action of ["DescribeLogGroups", "DescribeSubscriptionFilters"]) {
      const { read } = region(groups(3), { [action]: aborted });
      await expect(read([])).rejects.toThrow("Interrupted");
    }
  });
});
