import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { type EndedCommand, outputOf } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const ROOT = `
module "kloudfuse" {
  source   = "../../terraform/kloudfuse-firehose"
  for_each = { blue = "blue.example.com", green = "green.example.com" }

  kloudfuse_ingester_host = each.value
  access_key              = "key-of-\${each.key}"
  metrics_stream_name     = "\${each.key}-metrics"
  logs_stream_name        = "\${each.key}-logs"
  role_name               = "\${each.key}-delivery"
  backup_bucket_name      = "kloudfuse-failures-\${each.key}"
}

output "stream_arns" {
  value = { for key, kloudfuse in module.kloudfuse : key => kloudfuse.metrics_stream_arn }
}
`;

describe("the module with for_each over two ingesters of one region", () => {
  let emulator: Emulator;
  let aws: Aws;
  let root: TerraformRoot;
  let firstApply: EndedCommand;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    root = TerraformRoot.write(ROOT, emulator.environment);
    await root.init();
    firstApply = await root.run("apply", "-auto-approve");
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("makes everything twice", async () => {
    expect(outputOf("terraform apply", firstApply)).toContain("Apply complete!");
    expect(await aws.everything()).toEqual({
      streams: ["blue-logs", "blue-metrics", "green-logs", "green-metrics"],
      roles: ["blue-delivery", "green-delivery"],
      buckets: ["kloudfuse-failures-blue", "kloudfuse-failures-green"],
      logGroups: ["/aws/kinesisfirehose/blue-metrics/blue-logs", "/aws/kinesisfirehose/green-metrics/green-logs"],
    });
  });

  it.each(["blue", "green"])("delivers what is %s to its own ingester, with its own role and bucket", async (key) => {
    for (const signal of ["metrics", "logs"]) {
      const { http } = await aws.stream(`${key}-${signal}`);
      expect(http.EndpointConfiguration).toEqual({
        Url: `https://${key}.example.com/ingester/kinesis/${signal}`,
        Name: `${key}-${signal}`,
      });
      expect(http.RoleARN).toBe((await aws.role(`${key}-delivery`)).arn);
      expect(http.S3DestinationDescription?.BucketARN).toBe(`arn:aws:s3:::kloudfuse-failures-${key}`);
    }
  });

  // AWS never answers with an access key, and neither does the emulator: the state shows what was sent.
  it.each(["blue", "green"])("gives the streams of %s their access key, and never shows it", async (key) => {
    for (const signal of ["metrics", "logs"]) {
      const stream = await root.stateOf(`module.kloudfuse["${key}"].aws_kinesis_firehose_delivery_stream.${signal}[0]`);
      expect(stream.at("http_endpoint_configuration", 0, "access_key").value).toBe(`key-of-${key}`);
    }
    expect(firstApply.output).not.toContain("key-of-");
  });

  it("outputs one value for each ingester", async () => {
    expect((await root.output("stream_arns")).value).toEqual({
      blue: (await aws.stream("blue-metrics")).description.DeliveryStreamARN,
      green: (await aws.stream("green-metrics")).description.DeliveryStreamARN,
    });
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges()).toBe(false);
  });
});
