import { isRoleShared, sharedRoleArn } from "../../fleet/role";
import type { VariableValues } from "../../fleet";

const account = (inputs: VariableValues, regions: readonly string[] = ["eu-west-1", "eu-west-2"]) => ({
  id: "111122223333",
  regions,
  inputs,
});

const ARN = "arn:aws:iam::111122223333:role/Own";

describe("the role of an account", () => {
  test.each<[VariableValues, boolean]>([
    [{}, true],
    [{ role_name: "Firehose" }, true],
    [{ role_name: "Firehose-{region}" }, false],
    [{ create_role: false, role_arn: ARN }, true],
    [{ create_role: false, role_arn: `${ARN}-{region}`, role_name: "unused" }, false],
    [{ create_role: false, role_arn: ARN, create_role_policies: false }, false],
  ])("with %j has the policies of several regions: %s", (inputs, expected) => {
    expect(isRoleShared(account(inputs))).toBe(expected);
  });

  test("of one region is not shared", () => {
    expect(isRoleShared(account({}, ["eu-west-1"]))).toBe(false);
    expect(sharedRoleArn(account({}, ["eu-west-1"]))).toBeUndefined();
    expect(sharedRoleArn(account({}, []))).toBeUndefined();
  });

  test.each<[VariableValues, readonly string[] | undefined, string | undefined]>([
    [{}, undefined, "arn:aws:iam::111122223333:role/KloudfuseFirehoseRole"],
    [{ role_path: "/obs/{region}/", role_name: "R" }, undefined, "arn:aws:iam::111122223333:role/obs/eu-west-1/R"],
    [{}, ["cn-north-1", "cn-northwest-1"], "arn:aws-cn:iam::111122223333:role/KloudfuseFirehoseRole"],
    [{ role_name: "R-{region}" }, undefined, undefined],
    [{ create_role: false, role_arn: ARN }, undefined, undefined],
  ])("with %j in %j, which the first region creates, is %s", (inputs, regions, arn) => {
    expect(sharedRoleArn(account(inputs, regions))).toBe(arn);
  });
});
