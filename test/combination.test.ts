import {
  type Combination,
  type CombinationInputs,
  type InputText,
  requiredUnlessCreated,
  rejectedIfCreated,
} from "../modules/combination";

const ARN = "arn:aws:iam::123456789012:role/kloudfuse";

/** The inputs of a role, of which undefined ones are left out. */
const inputs = (createRole: boolean | undefined, roleArn?: string): CombinationInputs => ({
  isSet: (name) => (name === "roleArn" ? roleArn : createRole) !== undefined,
  valueOf: (name) => (name === "roleArn" ? roleArn : createRole),
});
const reference: InputText = (name) => `var.${name}`;
const label: InputText = (name) => `<${name}>`;
const value: InputText = (name) => (name === "roleArn" ? ARN : "another value");

const allowed = ({ allows }: Combination): readonly boolean[] =>
  [true, false, undefined].flatMap((create) => [allows(inputs(create)), allows(inputs(create, ARN))]);

describe("an ARN that is required unless the thing is created", () => {
  const combination = (): Combination => requiredUnlessCreated("roleArn", "createRole", "role");

  test("is rejected where the thing is not created and the ARN is not set, and accepted in all other cases", () => {
    expect(allowed(combination())).toEqual([true, true, false, true, true, true]);
  });

  test("has the same condition in Terraform", () => {
    expect(combination().condition(reference)).toBe("var.createRole || var.roleArn != null");
  });

  test("names both inputs and the thing in its error", () => {
    expect(combination().message(label, value, "not shown")).toBe(
      "<roleArn> is required when <createRole> is false, got null. Set <roleArn> to the ARN of the role to use.",
    );
    const ofBucket = requiredUnlessCreated("backupBucketArn", "createBackupBucket", "bucket");
    expect(ofBucket.message(label, value, "")).toMatch(/ Set <backupBucketArn> to the ARN of the bucket to use\.$/);
  });

  test("is reported on the input that creates the thing, which is set whenever the ARN is required", () => {
    expect(combination().inputs).toEqual(["roleArn", "createRole"]);
    expect(combination().reportedOn).toEqual([{ input: "createRole" }]);
  });
});

describe("an ARN that has no effect where the thing is created", () => {
  const combination = (): Combination => rejectedIfCreated("roleArn", "createRole", "role");

  test("is rejected where the thing is created, and accepted in all other cases", () => {
    expect(allowed(combination())).toEqual([true, false, true, true, true, true]);
  });

  test("has the same condition in Terraform", () => {
    expect(combination().condition(reference)).toBe("!var.createRole || var.roleArn == null");
  });

  test("names both inputs, the value and the thing in its error", () => {
    expect(combination().message(label, value, "not shown")).toBe(
      `<roleArn> conflicts with <createRole> = true, got "${ARN}". Set <createRole> to false to use that role, or remove <roleArn>.`,
    );
    const ofBucket = rejectedIfCreated("backupBucketArn", "createBackupBucket", "bucket");
    expect(ofBucket.message(label, value, "")).toContain("to false to use that bucket, or remove <backupBucketArn>.");
  });

  test("is reported on the one input that is always set: creating the thing is the default", () => {
    expect(combination().inputs).toEqual(["roleArn", "createRole"]);
    expect(combination().reportedOn).toEqual([{ input: "kloudfuseIngesterHost" }]);
  });
});
