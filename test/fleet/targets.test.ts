import { targetsOf } from "../../fleet";

const ACCOUNT = {
  id: "111122223333",
  assumeRole: "arn:aws:iam::111122223333:role/Deployer-{region}",
  externalId: "id-{region}",
  regions: ["eu-west-1", "us-east-1"],
  inputs: { tags: { place: "{region}" } },
};
const OTHER = { id: "444455556666", regions: ["eu-west-1"], inputs: {} };

describe("the targets of a fleet", () => {
  test("are its accounts and regions, without placeholders", () => {
    const state = { type: "s3", bucket: "states", region: "eu-west-1", key: "{account}/{region}" } as const;
    const stackId = "kloudfuse-firehose-111122223333-eu-west-1";
    expect(targetsOf({ path: "fleet.json", accounts: [ACCOUNT, OTHER], state })).toEqual([
      {
        stackId,
        account: "111122223333",
        region: "eu-west-1",
        assumeRole: "arn:aws:iam::111122223333:role/Deployer-eu-west-1",
        externalId: "id-eu-west-1",
        inputs: { tags: { place: "eu-west-1" } },
        state: { ...state, key: "111122223333/eu-west-1" },
      },
      {
        stackId: "kloudfuse-firehose-111122223333-us-east-1",
        account: "111122223333",
        region: "us-east-1",
        assumeRole: "arn:aws:iam::111122223333:role/Deployer-us-east-1",
        externalId: "id-us-east-1",
        inputs: { tags: { place: "us-east-1" } },
        state: { ...state, key: "111122223333/us-east-1" },
        sharedRole: { arn: "arn:aws:iam::111122223333:role/KloudfuseFirehoseRole", stackId },
      },
      {
        stackId: "kloudfuse-firehose-444455556666-eu-west-1",
        account: "444455556666",
        region: "eu-west-1",
        inputs: {},
        state: { ...state, key: "444455556666/eu-west-1" },
      },
    ]);
  });

  test("have a workspace each in HCP Terraform", () => {
    const state = {
      type: "cloud",
      organization: "acme",
      workspace: "k-{account}-{region}",
      hostname: undefined,
    } as const;
    expect(targetsOf({ path: "fleet.json", accounts: [OTHER], state }).map((target) => target.state)).toEqual([
      { ...state, workspace: "k-444455556666-eu-west-1" },
    ]);
  });
});
