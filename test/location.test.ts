import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { Location, LOCATION_ID } from "../modules/location";
import { inStack, stackWith } from "./helpers/synth";

/** The data sources of the locations of a stack, with the provider of each. */
const dataSourcesIn = (fill: Parameters<typeof stackWith>[0]): Readonly<Record<string, unknown>> => {
  const template = stackWith(fill);
  return Object.fromEntries(
    template.dataAddresses.map((address) => [address, template.data(address, "provider") ?? "default"]),
  );
};

describe("a location", () => {
  test("is looked up once in a stack, wherever it is asked for", () => {
    inStack((stack) => {
      const part = new Construct(stack, "part");
      const location = Location.of(part, undefined);
      expect(Location.of(stack, undefined)).toBe(location);
      expect(Location.of(new Construct(part, "inner"), undefined)).toBe(location);
      expect(location.node.path).toBe(`test/${LOCATION_ID}`);
    });
  });

  test("has four data sources, with names that its own id does not lengthen", () => {
    const found = dataSourcesIn((stack) => {
      Location.of(stack, undefined);
      Location.of(new Construct(stack, "part"), undefined);
    });
    expect(found).toEqual({
      "aws_caller_identity.account": "default",
      "aws_partition.partition": "default",
      "aws_region.region": "default",
      "aws_service_principal.logs_principal": "default",
    });
  });

  test("of another provider is another one, by its alias, and each is looked up once", () => {
    inStack((stack) => {
      const provider = (alias: string): AwsProvider => new AwsProvider(stack, alias, { alias, region: "us-east-1" });
      const [eu, us] = [provider("eu"), provider("us")];
      const locations = [Location.of(stack, undefined), Location.of(stack, eu), Location.of(stack, us)];
      expect(new Set(locations).size).toBe(3);
      expect(locations.map(({ node }) => node.id)).toEqual([
        LOCATION_ID,
        `${LOCATION_ID}-aws.eu`,
        `${LOCATION_ID}-aws.us`,
      ]);
      expect(Location.of(new Construct(stack, "part"), eu)).toBe(locations[1]);
    });
  });

  test("of another provider has data sources of that provider", () => {
    const found = dataSourcesIn((stack) => {
      Location.of(stack, new AwsProvider(stack, "eu", { alias: "eu", region: "eu-west-1" }));
    });
    expect(Object.keys(found)).toHaveLength(4);
    expect(new Set(Object.values(found))).toEqual(new Set(["aws.eu"]));
  });

  test("asks for the principal of CloudWatch Logs", () => {
    const template = stackWith((stack) => {
      Location.of(stack, undefined);
    });
    expect(template.data("aws_service_principal.logs_principal", "service_name")).toBe("logs");
  });

  test("has account, partition, domain, region and principal as tokens", () => {
    const template = stackWith((stack) => {
      const { accountId, partition, dnsSuffix, region, logsServicePrincipal } = Location.of(stack, undefined);
      new TerraformOutput(stack, "location", {
        value: [accountId, partition, dnsSuffix, region, logsServicePrincipal],
      });
    });
    expect(template.output("location", "value")).toEqual([
      "${data.aws_caller_identity.account.account_id}",
      "${data.aws_partition.partition.partition}",
      "${data.aws_partition.partition.dns_suffix}",
      // Not `name`, which version 6 of the provider deprecates, nor `region`, which version 5 does not have.
      "${data.aws_region.region.id}",
      "${data.aws_service_principal.logs_principal.name}",
    ]);
  });

  test("has account, partition and region as Terraform expressions too", () => {
    inStack((stack) => {
      expect(Location.of(stack, undefined).references).toEqual({
        accountId: "data.aws_caller_identity.account.account_id",
        partition: "data.aws_partition.partition.partition",
        region: "data.aws_region.region.id",
      });
    });
  });
});
