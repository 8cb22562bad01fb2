import { CloudWatchClient, PutMetricStreamCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutAccountPolicyCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { FirehoseClient, UpdateDestinationCommand } from "@aws-sdk/client-firehose";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { selectionCriteria } from "../../modules/log-criteria";
import { runCli } from "./helpers/cli";
import { type Emulator, REGION, startEmulator } from "./helpers/emulator";
import { fakeSources } from "./helpers/fake-sources";
import { FaultProxy, refusal } from "./helpers/fault-proxy";
import { GUIDE_NAMES, HandMade, type HandMadeNames, tagList } from "./helpers/hand-made";
import { Json } from "./helpers/json";
import { evaluatePlan } from "./helpers/policies";
import { type EndedCommand, outputOf, type EnvironmentVariables } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(600_000);

const ROOT_STACK = "cdktf.out/stacks/kloudfuse-firehose";
const ERROR_LOG = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

describe("kloudfuse-firehose adopt", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let environment: EnvironmentVariables;
  let root: TerraformRoot;

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    fakeSources(proxy);
    environment = proxy.environment(emulator.environment);
    root = TerraformRoot.write("", environment);
  });

  afterEach(async () => {
    root.remove();
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const settings = () => ({ endpoint: proxy.endpoint, credentials: emulator.credentials, region: REGION });
  const adopt = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(["adopt", "--out", root.folder, ...options], environment);
  const itemsOf = ({ stdout }: EndedCommand, action: string): string[] =>
    Json.parse(stdout)
      .at("items")
      .list.filter((item) => item.at("action").text === action)
      .map((item) => `${item.at("subject").text}: ${item.at("name").text}`);
  const isWritten = (): boolean => existsSync(join(root.folder, "imports.tf.json"));

  /** Puts the arguments that were written into a module block, as the user does. */
  const moduleBlock = (repetition = "", pathToRoot = ""): string => {
    const hcl = readFileSync(join(root.folder, "kloudfuse-module-arguments.hcl"), "utf8");
    return `module "kloudfuse" {\n  source = "${pathToRoot}../../terraform/kloudfuse-firehose"\n${repetition}${hcl}}\n`;
  };
  const writeModule = (repetition?: string): void => {
    root.write("main.tf", moduleBlock(repetition));
  };

  /** What a plan does, after it was seen to destroy and replace nothing and to pass the policies. */
  const planned = async (
    findings: readonly string[] = [],
  ): Promise<{ readonly imported: number; readonly created: number }> => {
    outputOf("terraform plan", await root.run("plan", "-out=plan"));
    const plan = outputOf("terraform show", await root.run("show", "-json", "plan"));
    const changes = Json.parse(plan).at("resource_changes").list;
    const destroyed = changes.filter((change) =>
      JSON.stringify(change.at("change", "actions").value).includes("delete"),
    );
    expect(destroyed.map((change) => change.at("address").text)).toEqual([]);
    expect(
      evaluatePlan(plan)
        .filter(({ kind }) => kind === "finding")
        .map(({ policy, found }) => `${policy} ${found}`),
    ).toEqual(findings);
    return {
      imported: changes.filter((change) => change.at("change").has("importing")).length,
      created: changes.filter((change) => JSON.stringify(change.at("change", "actions").value) === '["create"]').length,
    };
  };

  /** What the plan updates in place. */
  const updatedAddresses = async (): Promise<string[]> =>
    Json.parse(outputOf("terraform show", await root.run("show", "-json", "plan")))
      .at("resource_changes")
      .list.filter((change) => JSON.stringify(change.at("change", "actions").value) === '["update"]')
      .map((change) => change.at("address").text)
      .sort();

  /** Adopts into a module, and holds that nothing is to do once the plan is applied. */
  const adoptAndApply = async (
    options: readonly string[] = [],
    findings?: readonly string[],
  ): Promise<{ imported: number; created: number }> => {
    const ended = await adopt("--module", "module.kloudfuse", "--access-key", "none", ...options);
    expect(ended.output).toContain("Written: ");
    expect(ended.exitCode).toBe(0);
    writeModule();
    await root.init();
    const counts = await planned(findings);
    await root.apply();
    expect(await root.planHasChanges()).toBe(false);
    return counts;
  };

  describe("into a module", () => {
    test("takes over what the guide's commands made", async () => {
      await new HandMade(emulator).followTheGuide();
      expect(await adoptAndApply()).toEqual({ imported: 5, created: 12 });
      // Once more: everything is there, and there is nothing to do.
      const again = await adopt("--module", "module.kloudfuse", "--access-key", "none", "--force", "--format", "json");
      expect(Json.parse(again.stdout).at("imports").list).toHaveLength(17);
      expect(itemsOf(again, "change")).toEqual(["streams: access key"]);
      expect(Json.parse(again.stdout).at("summary", "looksManaged").value).toBe(true);
      expect(await root.planHasChanges()).toBe(false);
    });

    test("takes over what has other names, a path and settings of its own", async () => {
      const names: HandMadeNames = {
        role: "telemetry",
        policy: "put-records",
        bucket: "telemetry-failures",
        streams: { metrics: "telemetry-metrics", logs: "telemetry.logs" },
      };
      const handMade = new HandMade(emulator, names, "/observability/");
      await handMade.makeBucket();
      await handMade.makeRole();
      await handMade.makeStream("metrics", { BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 15 } });
      await handMade.makeStream("logs", {
        RetryOptions: { DurationInSeconds: 600 },
        RequestConfiguration: {
          ContentEncoding: "GZIP",
          CommonAttributes: [{ AttributeName: "environment", AttributeValue: "it's ${not} a template" }],
        },
      });
      // The guide's policy under another name stays, and the policies say so.
      expect(await adoptAndApply([], ["KFF-IAM-007 a statement allows the resource *"])).toEqual({
        imported: 4,
        created: 13,
      });
    });

    test("prints each change that Terraform makes in place", async () => {
      const handMade = new HandMade(emulator);
      await handMade.makeBucket();
      await handMade.configureBucket();
      await handMade.makeRole({ MaxSessionDuration: 43200, Description: "Made by hand" });
      await handMade.makeStream("metrics");
      await handMade.makeStream("logs");
      const ended = await adopt("--module", "module.kloudfuse", "--access-key", "none", "--format", "json");
      expect(ended.exitCode).toBe(0);
      writeModule();
      await root.init();
      expect(await planned()).toEqual({ imported: 10, created: 7 });
      const [bucket, role] = ["bucket my-kloudfuse-failures", "role KloudfuseFirehoseRole"];
      expect(await updatedAddresses()).toEqual([
        "module.kloudfuse.aws_iam_role.delivery[0]",
        "module.kloudfuse.aws_iam_role_policy.delivery_put_records[0]",
        "module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs[0]",
        "module.kloudfuse.aws_kinesis_firehose_delivery_stream.metrics[0]",
        "module.kloudfuse.aws_s3_bucket_lifecycle_configuration.backup_lifecycle[0]",
        "module.kloudfuse.aws_s3_bucket_ownership_controls.backup_ownership[0]",
        "module.kloudfuse.aws_s3_bucket_public_access_block.backup_public_access[0]",
        "module.kloudfuse.aws_s3_bucket_server_side_encryption_configuration.backup_encryption[0]",
        "module.kloudfuse.aws_s3_bucket_versioning.backup_versioning[0]",
      ]);
      expect(itemsOf(ended, "change").sort()).toEqual(
        [
          `${bucket}: encryption`,
          `${bucket}: lifecycle`,
          `${bucket}: ownership`,
          `${bucket}: public access`,
          `${bucket}: versioning`,
          `${role}: KloudfuseFirehosePermissions`,
          `${role}: description`,
          `${role}: maximum session duration`,
          `${role}: trust policy`,
          "stream kloudfuse-logs: settings",
          "stream kloudfuse-metrics: settings",
          "streams: access key",
        ].sort(),
      );
      await root.apply();
      // The emulator forgets a role's description when the session duration is updated after it.
      await root.apply();
      expect(await root.planHasChanges()).toBe(false);
    });

    test("takes over the tags, and says which values are lost", async () => {
      const handMade = new HandMade(emulator);
      await handMade.makeBucket();
      await handMade.makeRole({ Tags: tagList({ team: "observability", owner: "ops" }) });
      await handMade.makeStream("metrics");
      await handMade.makeStream("logs");
      await handMade.tagStream("metrics", { team: "telemetry" });
      const ended = await adopt("--access-key", "none", "--keep", "bucket", "--format", "json");
      expect(itemsOf(ended, "change")).toContain("role KloudfuseFirehoseRole: tag team");
      expect(await adoptAndApply(["--keep", "bucket", "--force"])).toEqual({ imported: 4, created: 6 });
      const stream = await root.stateOf("module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs[0]");
      expect(stream.at("tags").value).toEqual({ owner: "ops", team: "telemetry" });
    });

    test("takes over streams that a customer-managed key encrypts", async () => {
      const handMade = new HandMade(emulator);
      await handMade.followTheGuide();
      const key = await handMade.encrypt();
      expect(await adoptAndApply()).toEqual({ imported: 5, created: 12 });
      const stream = await root.stateOf("module.kloudfuse.aws_kinesis_firehose_delivery_stream.logs[0]");
      expect(stream.at("server_side_encryption", 0, "key_arn").value).toBe(key);
    });

    test("leaves a bucket with all data as it is", async () => {
      const handMade = new HandMade(emulator);
      await handMade.makeBucket();
      await handMade.makeRole();
      await handMade.makeStream("metrics", { S3BackupMode: "AllData" });
      await handMade.makeStream("logs");
      expect(await adoptAndApply()).toEqual({ imported: 4, created: 6 });
    });

    test("leaves a bucket with other contents as it is", async () => {
      const handMade = new HandMade(emulator);
      await handMade.followTheGuide();
      await handMade.putObject("kloudfuse-logs-failures/http-endpoint-failed/2026/01/31/12/one");
      await handMade.putObject("invoices/2026.pdf");
      const ended = await adopt("--access-key", "none", "--format", "json");
      expect(itemsOf(ended, "leave")).toContain("bucket my-kloudfuse-failures: create_backup_bucket");
      expect(await adoptAndApply(["--force"])).toEqual({ imported: 4, created: 6 });
    });

    test("takes over one stream, and creates no other", async () => {
      await new HandMade(emulator).followTheGuide(["logs"]);
      expect(await adoptAndApply(["--keep", "bucket"])).toEqual({ imported: 3, created: 4 });
    });

    test("takes over each stream into a module of its own", async () => {
      await new HandMade(emulator).followTheGuide();
      const blocks = new Array<string>();
      for (const [signal, ...options] of [["metrics"], ["logs", "--metrics-stream-name", "none"]]) {
        const out = join(root.folder, String(signal));
        const ended = await runCli(
          [
            "adopt",
            "--signal",
            String(signal),
            ...options,
            "--module",
            `module.${String(signal)}`,
            "--access-key",
            "none",
            "--out",
            out,
          ],
          environment,
        );
        expect(ended.exitCode).toBe(0);
        const read = (file: string): string => readFileSync(join(out, file), "utf8");
        root.write(`imports-${String(signal)}.tf.json`, read("imports.tf.json"));
        blocks.push(
          `module "${String(signal)}" {\n  source = "../../terraform/kloudfuse-firehose"\n${read("kloudfuse-module-arguments.hcl")}}\n`,
        );
      }
      root.write("main.tf", blocks.join("\n"));
      await root.init();
      expect(await planned()).toEqual({ imported: 2, created: 10 });
      await root.apply();
      expect(await root.planHasChanges()).toBe(false);
    });

    test("takes over one instance of a module with for_each", async () => {
      await new HandMade(emulator).followTheGuide();
      const ended = await adopt("--module", 'module.kloudfuse["eu"]', "--access-key", "none");
      expect(ended.exitCode).toBe(0);
      writeModule('  for_each = toset(["eu"])\n');
      await root.init();
      expect(await planned()).toEqual({ imported: 5, created: 12 });
    });

    test("takes over one instance of a module with count inside of another module", async () => {
      await new HandMade(emulator).followTheGuide();
      const ended = await adopt("--module", "module.platform.module.kloudfuse[0]", "--access-key", "none");
      expect(ended.exitCode).toBe(0);
      mkdirSync(join(root.folder, "platform"));
      root.write("platform/main.tf", moduleBlock("  count  = 1\n", "../"));
      root.write("main.tf", 'module "platform" {\n  source = "./platform"\n}\n');
      await root.init();
      expect(await planned()).toEqual({ imported: 5, created: 12 });
      await root.apply();
      expect(await root.planHasChanges()).toBe(false);
      const stream = await root.stateOf(
        "module.platform.module.kloudfuse[0].aws_kinesis_firehose_delivery_stream.logs[0]",
      );
      expect(stream.at("name").text).toBe("kloudfuse-logs");
    });

    test("takes over what feeds the streams", async () => {
      const handMade = new HandMade(emulator);
      await handMade.followTheGuide();
      const logs = new CloudWatchLogsClient(settings());
      await new CloudWatchClient(settings()).send(
        new PutMetricStreamCommand({
          Name: "everything",
          FirehoseArn: handMade.streamArn("metrics"),
          RoleArn: handMade.roleArn,
          OutputFormat: "json",
          IncludeFilters: [{ Namespace: "AWS/EC2", MetricNames: ["CPUUtilization"] }, { Namespace: "AWS/S3" }],
        }),
      );
      for (const [logGroupName, filterName] of [
        ["/ecs/api", "kloudfuse-logs"],
        ["/ecs/web", "mine"],
      ] as const) {
        await logs.send(new CreateLogGroupCommand({ logGroupName }));
        await logs.send(
          new PutSubscriptionFilterCommand({
            logGroupName,
            filterName,
            filterPattern: "ERROR",
            destinationArn: handMade.streamArn("logs"),
            roleArn: handMade.roleArn,
          }),
        );
      }
      const ended = await adopt("--access-key", "none", "--keep", "bucket", "--format", "json");
      expect(itemsOf(ended, "leave")).toContain("log group /ecs/web: subscription filter mine");
      expect(await adoptAndApply(["--keep", "bucket", "--force"])).toEqual({ imported: 6, created: 8 });
    });

    test("takes over the account policy", async () => {
      const handMade = new HandMade(emulator);
      await handMade.followTheGuide();
      const put = async (criteria: string): Promise<void> => {
        await new CloudWatchLogsClient(settings()).send(
          new PutAccountPolicyCommand({
            policyName: "everything",
            policyType: "SUBSCRIPTION_FILTER_POLICY",
            policyDocument: JSON.stringify({
              DestinationArn: handMade.streamArn("logs"),
              FilterPattern: "",
              RoleArn: handMade.roleArn,
            }),
            selectionCriteria: criteria,
          }),
        );
      };
      await put('LogGroupName NOT IN ["/ecs/debug"]');
      const ended = await adopt("--access-key", "none", "--keep", "bucket", "--format", "json");
      expect(itemsOf(ended, "leave")).toContain("account policy everything: subscribe_account");
      await put(selectionCriteria(["/ecs/debug", ERROR_LOG]));
      expect(await adoptAndApply(["--keep", "bucket", "--force"])).toEqual({ imported: 5, created: 6 });
    });
  });

  describe("into the root stack", () => {
    let workstation: Workstation;

    beforeEach(() => {
      workstation = new Workstation(environment);
    });

    afterEach(() => {
      workstation.remove();
    });

    test("takes over what the guide's commands made", async () => {
      await new HandMade(emulator).followTheGuide();
      const out = join(workstation.folder, ROOT_STACK);
      const ended = await runCli(["adopt", "--access-key", "none", "--out", out], environment);
      expect(ended.exitCode).toBe(0);
      const deployed = await workstation.deploy([]);
      expect(deployed).toContain("5 imported, 12 added, 4 changed, 0 destroyed");
      expect(await workstation.diff([])).toContain("No changes.");
    });
  });

  describe("writes nothing", () => {
    test("while it is not decided where the access key comes from", async () => {
      await new HandMade(emulator).followTheGuide();
      const ended = await adopt("--format", "json");
      expect([ended.exitCode, isWritten()]).toEqual([1, false]);
      expect(itemsOf(ended, "decide")).toEqual(["streams: access key"]);
    });

    test.each([
      ["GetRole", "role KloudfuseFirehoseRole: role"],
      ["GET /my-kloudfuse-failures?lifecycle", "bucket my-kloudfuse-failures: bucket"],
      ["ListTagsForDeliveryStream", "stream kloudfuse-metrics: tags"],
      ["DescribeLogGroups", "subscription filters: subscription filters"],
      ["ListMetricStreams", "metric streams: metric streams"],
    ])("where AWS denies %s: that part is undetermined", async (action, item) => {
      await new HandMade(emulator).followTheGuide();
      proxy.on(action, refusal(403, "AccessDenied"));
      const ended = await adopt("--access-key", "none", "--format", "json");
      expect([ended.exitCode, isWritten()]).toEqual([2, false]);
      expect(itemsOf(ended, "unknown")).toContain(item);
    });

    test("over a file of somebody else", async () => {
      await new HandMade(emulator).followTheGuide();
      root.write("imports.tf.json", "{}\n");
      const ended = await adopt("--access-key", "none");
      expect(ended.exitCode).toBe(2);
      expect(ended.stderr).toContain("imports.tf.json exists with other content.");
      expect(readFileSync(join(root.folder, "imports.tf.json"), "utf8")).toBe("{}\n");
      expect(existsSync(join(root.folder, "kloudfuse.auto.tfvars.json"))).toBe(false);
    });

    test("while a switch to a secret would replace the streams, and names the step that avoids it", async () => {
      const arn = `arn:aws:secretsmanager:${REGION}:123456789012:secret:kloudfuse-AbCdEf`;
      const handMade = new HandMade(emulator);
      await handMade.followTheGuide();
      const open = await adopt("--access-key", `secret:${arn}`, "--keep", "bucket", "--format", "json");
      expect([open.exitCode, isWritten()]).toEqual([1, false]);
      expect(open.stdout).toContain("aws firehose update-destination --delivery-stream-name kloudfuse-metrics");
      for (const DeliveryStreamName of Object.values(GUIDE_NAMES.streams)) {
        await new FirehoseClient(settings()).send(
          new UpdateDestinationCommand({
            DeliveryStreamName,
            CurrentDeliveryStreamVersionId: "1",
            DestinationId: "destinationId-000000000001",
            HttpEndpointDestinationUpdate: {
              SecretsManagerConfiguration: { Enabled: true, SecretARN: arn, RoleARN: handMade.roleArn },
            },
          }),
        );
      }
      const ended = await adopt("--module", "module.kloudfuse", "--keep", "bucket");
      expect(ended.exitCode).toBe(0);
      writeModule();
      await root.init();
      expect(await planned()).toEqual({ imported: 4, created: 6 });
    });
  });
});
