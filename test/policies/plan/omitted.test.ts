import { planOf, type PlannedChange } from "../../helpers/plan";

describe("an omitted block", () => {
  const stream: PlannedChange = {
    address: "aws_kinesis_firehose_delivery_stream.s",
    values: { http_endpoint_configuration: [{ url: "https://h/" }] },
    unknown: [
      "arn",
      "http_endpoint_configuration.0.request_configuration",
      "http_endpoint_configuration.0.role_arn",
      "http_endpoint_configuration.0.secrets_manager_configuration.0.secret_arn",
    ],
    references: { "http_endpoint_configuration.0.role_arn": ["aws_iam_role.x.arn"] },
  };
  const isOmitted = (path: string, more: Partial<PlannedChange> = {}): boolean | undefined => {
    const plan = planOf([{ ...stream, ...more }]);
    const [resource] = plan.resources;
    return resource && plan.isOmitted(resource, path);
  };

  test("is one that is unknown and not in the configuration, with all that is in it", () => {
    expect(isOmitted("http_endpoint_configuration.0.request_configuration")).toBe(true);
    expect(isOmitted("http_endpoint_configuration.0.request_configuration.0.content_encoding")).toBe(true);
    expect(isOmitted("arn")).toBe(true);
  });

  test("is not one that is known, or that the configuration has", () => {
    expect(isOmitted("http_endpoint_configuration.0.url")).toBe(false);
    expect(isOmitted("http_endpoint_configuration.0.name")).toBe(false);
    expect(isOmitted("http_endpoint_configuration.0.role_arn")).toBe(false);
  });

  test("is not an attribute in a dynamic block, which the configuration does not show", () => {
    expect(isOmitted("http_endpoint_configuration.0.secrets_manager_configuration.0.secret_arn")).toBe(false);
  });

  test("is not determined without the configuration", () => {
    expect(isOmitted("arn", { isUnconfigured: true })).toBe(false);
  });
});
