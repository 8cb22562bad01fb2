import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Construct } from "constructs";
import { KloudfuseFirehose } from "../modules";
import { inStack, stackWith } from "./helpers/synth";

const role = (scope: Construct, id: string): IamRole => new IamRole(scope, id, { assumeRolePolicy: "{}" });

describe("addresses", () => {
  test("are the construct ids joined by _, without characters that Terraform does not accept", () => {
    const template = stackWith((stack) => {
      role(new Construct(stack, "a"), "b.c");
    });
    expect(template.addresses).toEqual(["aws_iam_role.a_bc"]);
  });

  test("belong to one resource each", () => {
    expect(() =>
      stackWith((stack) => {
        role(new Construct(stack, "a"), "b");
        role(stack, "a_b");
      }),
    ).toThrow(
      new Error(
        "Construct ids must give each resource a unique address, got resource aws_iam_role.a_b for test/a/b and test/a_b. Change one of the ids.",
      ),
    );
  });

  test("have no block of a kind that the stack has none of, which Terraform rejects", () => {
    const kinds = new Array<string>();
    inStack((stack) => {
      role(stack, "role");
      kinds.push(...Object.keys(stack.toTerraform()));
    });
    expect(kinds.sort()).toEqual(["//", "provider", "resource", "terraform"]);
  });

  test("leave the id Location to constructs of the user", () => {
    const template = stackWith((stack) => {
      role(stack, "Location");
      new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: "kfuse.example.com" });
    });
    expect(template.addresses).toContain("aws_iam_role.Location");
    expect(template.dataAddresses).toContain("aws_region.region");
  });
});
