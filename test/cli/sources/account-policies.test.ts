import { listAccountPolicies } from "../../../cli/sources/account-policies";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

const read = (respond: Respond) => listAccountPolicies(logsStub(respond));

const document = (fields: object): string => JSON.stringify({ DestinationArn: "stream", RoleArn: "role", ...fields });

describe("the account policies", () => {
  test("have destination, role, pattern and the excluded log groups", async () => {
    const policy = {
      policyName: "kloudfuse-logs",
      policyDocument: document({ FilterPattern: "ERROR" }),
      selectionCriteria: 'LogGroupName NOT IN ["/a","/b"]',
    };
    expect(await read(() => jsonAnswer({ accountPolicies: [policy] }))).toEqual([
      {
        name: "kloudfuse-logs",
        destinationArn: "stream",
        roleArn: "role",
        filterPattern: "ERROR",
        criteria: 'LogGroupName NOT IN ["/a","/b"]',
        excluded: ["/a", "/b"],
      },
    ]);
  });

  test.each([
    [undefined, []],
    ["", []],
    ["LogGroupName NOT IN []", []],
    ['  LogGroupName  NOT  IN["/a"] ', ["/a"]],
    ['LogGroupName IN ["/a"]', undefined],
    ['LogGroupName NOT IN ["/a"', undefined],
    ['LogGroupName NOT IN ["/a"] AND x', undefined],
  ])("with the criteria %s exclude %j", async (selectionCriteria, excluded) => {
    const policies = await read(() => jsonAnswer({ accountPolicies: [{ selectionCriteria }] }));
    expect(policies).toMatchObject([{ name: "", destinationArn: "", excluded }]);
  });

  test.each([
    [{}, undefined],
    [{ Distribution: "ByLogStream" }, undefined],
    [{ Distribution: "Random" }, "Random"],
  ])("with %j have the distribution %j", async (fields, distribution) => {
    const [policy] = await read(() => jsonAnswer({ accountPolicies: [{ policyDocument: document(fields) }] }));
    expect(policy?.distribution).toBe(distribution);
  });

  test("have empty texts where the document is not understood", async () => {
    const policies = await read(() => jsonAnswer({ accountPolicies: [{ policyName: "p", policyDocument: "{" }] }));
    expect(policies).toMatchObject([{ name: "p", destinationArn: "", roleArn: "", filterPattern: "" }]);
  });

  test("are of every page, and of subscriptions only", async () => {
    const requests = new Array<unknown>();
    const policies = await read((request) => {
      const body: unknown = JSON.parse(request.body.toString());
      requests.push([actionOf(request), body]);
      return jsonAnswer(
        requests.length === 1
          ? { accountPolicies: [{ policyName: "one" }], nextToken: "next" }
          : { accountPolicies: [{ policyName: "two" }] },
      );
    });
    expect(policies.map(({ name }) => name)).toEqual(["one", "two"]);
    expect(requests).toEqual([
      ["DescribeAccountPolicies", { policyType: "SUBSCRIPTION_FILTER_POLICY" }],
      ["DescribeAccountPolicies", { policyType: "SUBSCRIPTION_FILTER_POLICY", nextToken: "next" }],
    ]);
  });

  test("name the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      "AWS denied logs:DescribeAccountPolicies.",
    );
  });
});
