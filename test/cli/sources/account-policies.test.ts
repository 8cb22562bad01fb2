import { Denied } from "../../../cli/aws/call";
import { accountPolicies, type AccountPolicy } from "../../../cli/sources/account-policies";
import { actionOf, firehoseError, jsonAnswer, logsStub, type Respond } from "../../helpers/aws-stub";

const ARN = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";
const ROLE = "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole";
const DOCUMENT = JSON.stringify({ DestinationArn: ARN, RoleArn: ROLE, FilterPattern: "" });

const read = (respond: Respond): Promise<AccountPolicy[]> => accountPolicies(logsStub(respond));

describe("the account-level subscriptions of a region", () => {
  test("are asked for by their type, page by page", async () => {
    const requests = new Array<unknown>();
    const pages = [
      { accountPolicies: [{ policyName: "first", policyDocument: DOCUMENT }], nextToken: "more" },
      { accountPolicies: [{ policyName: "second", policyDocument: DOCUMENT }] },
    ];
    const policies = await read((request) => {
      requests.push([actionOf(request), JSON.parse(request.body.toString())]);
      return jsonAnswer(pages[requests.length - 1] ?? {});
    });
    expect(policies.map(({ name }) => name)).toEqual(["first", "second"]);
    expect(requests).toEqual([
      ["DescribeAccountPolicies", { policyType: "SUBSCRIPTION_FILTER_POLICY" }],
      ["DescribeAccountPolicies", { policyType: "SUBSCRIPTION_FILTER_POLICY", nextToken: "more" }],
    ]);
  });

  test("have destination, role and the log groups that they leave out", async () => {
    const criteria = 'LogGroupName NOT IN ["/ecs/api"]';
    const policy = { policyName: "kloudfuse-logs", policyDocument: DOCUMENT, selectionCriteria: criteria };
    expect(await read(() => jsonAnswer({ accountPolicies: [policy] }))).toEqual([
      { name: "kloudfuse-logs", destinationArn: ARN, roleArn: ROLE, criteria, excluded: ["/ecs/api"] },
    ]);
  });

  test("leave out nothing without criteria", async () => {
    const policy = { policyName: "all", policyDocument: DOCUMENT };
    expect((await read(() => jsonAnswer({ accountPolicies: [policy] })))[0]).toMatchObject({
      criteria: "",
      excluded: [],
    });
  });

  test("have no destination where their document is not as documented", async () => {
    const documents = ["not JSON", "[]", JSON.stringify({ DestinationArn: 1 })];
    const policies = documents.map((policyDocument) => ({ policyName: "odd", policyDocument }));
    const read3 = await read(() => jsonAnswer({ accountPolicies: policies }));
    expect(read3.map(({ destinationArn, roleArn }) => [destinationArn, roleArn])).toEqual([
      ["", ""],
      ["", ""],
      ["", ""],
    ]);
  });

  test("are none where AWS has none", async () => {
    expect(await read(() => jsonAnswer({}))).toEqual([]);
  });

  test("name the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(Denied);
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      /^AWS denied logs:DescribeAccountPolicies\./,
    );
  });
});
