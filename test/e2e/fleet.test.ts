import { join } from "node:path";
import { Aws } from "./helpers/aws";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { FaultProxy, refusal } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import { evaluatePlan, type PlanOutcome } from "./helpers/policies";
import { type EndedCommand, outputOf, run, unwrapped, type EnvironmentVariables } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(600_000);

const ACCOUNTS = ["111122223333", "444455556666"] as const;
const [ACCOUNT, OTHER_ACCOUNT] = ACCOUNTS;
const REGIONS = ["us-east-1", "eu-west-1"] as const;
const [FIRST, SECOND] = REGIONS;
const NOTHING_TO_DO = "No changes. Your infrastructure matches the configuration.";
const ACCESS_KEY = { TF_VAR_access_key: "a-key-that-is-not-shown" };
const ROLE = `arn:aws:iam::${ACCOUNT}:role/KloudfuseFirehoseRole`;

const stackId = (account: string, region: string): string => `kloudfuse-firehose-${account}-${region}`;

const fleet = {
  defaults: {
    assume_role: "arn:aws:iam::{account}:role/Deployer",
    external_id: "fleet-{account}",
    regions: REGIONS,
    inputs: { kloudfuse_ingester_host: "kfuse.example.com", tags: { deployment: "{account}-{region}" } },
  },
  accounts: [{ id: ACCOUNT }, { id: OTHER_ACCOUNT, inputs: { buffering_size_mb: 8 } }],
};

describe("a fleet of two accounts and two regions", () => {
  let emulator: Emulator;
  let workstation: Workstation;

  beforeAll(async () => {
    emulator = await startEmulator();
    workstation = new Workstation(emulator.environment);
    workstation.write("fleet.json", JSON.stringify(fleet));
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  describe("is synthesized", () => {
    const stackOf = (account: string, region: string): Json =>
      Json.parse(workstation.read(`cdktf.out/stacks/${stackId(account, region)}/cdk.tf.json`));

    beforeAll(async () => {
      expect(await workstation.node(["scripts/run.cjs", "main.ts"])).toMatchObject({ exitCode: 0, output: "" });
    });

    it("as one stack for each, the other regions of an account after its first", () => {
      const stacks = Json.parse(workstation.read("cdktf.out/manifest.json")).at("stacks");
      expect(Object.fromEntries(stacks.keys.map((id) => [id, stacks.at(id, "dependencies").value]))).toEqual(
        Object.fromEntries(
          ACCOUNTS.flatMap((account) => [
            [stackId(account, FIRST), []],
            [stackId(account, SECOND), [stackId(account, FIRST)]],
          ]),
        ),
      );
    });

    it("with the account guard, the role to assume, and a state of its own", () => {
      const stack = stackOf(OTHER_ACCOUNT, SECOND);
      expect(stack.at("provider", "aws").value).toEqual([
        {
          region: SECOND,
          allowed_account_ids: [OTHER_ACCOUNT],
          assume_role: [
            { role_arn: `arn:aws:iam::${OTHER_ACCOUNT}:role/Deployer`, external_id: `fleet-${OTHER_ACCOUNT}` },
          ],
        },
      ]);
      expect(stack.at("terraform", "backend", "local", "path").text).toMatch(
        new RegExp(`^\\.\\./\\.\\./\\.\\./${stackId(OTHER_ACCOUNT, SECOND)}\\.tfstate$`),
      );
    });

    it("with one role an account", () => {
      const roles = ACCOUNTS.flatMap((account) =>
        REGIONS.map((region) => stackOf(account, region).at("resource").has("aws_iam_role")),
      );
      expect(roles).toEqual([true, false, true, false]);
    });
  });

  describe("of which one account is deployed", () => {
    const awsOf = async (region: string): Promise<Aws> => {
      const credentials = await new Aws(emulator).assume(`arn:aws:iam::${ACCOUNT}:role/Deployer`);
      return new Aws({ ...emulator, credentials }, region);
    };

    beforeAll(async () => {
      await workstation.deploy([...REGIONS.map((region) => stackId(ACCOUNT, region)), "--parallelism", "2"], {
        TF_VAR_access_key: "a-key-that-is-not-shown",
      });
    });

    it.each(REGIONS)("leaves nothing for the next plan of %s to do", async (region) => {
      const output = await workstation.diff([stackId(ACCOUNT, region)], {
        TF_VAR_access_key: "a-key-that-is-not-shown",
      });
      expect(output).toContain(NOTHING_TO_DO);
    });

    const runTerraform = async (
      region: string,
      variables: EnvironmentVariables,
      ...args: readonly string[]
    ): Promise<EndedCommand> =>
      await run("terraform", args, {
        cwd: join(workstation.folder, "cdktf.out/stacks", stackId(ACCOUNT, region)),
        environment: { ...emulator.environment, ...variables },
      });

    const secondPlan = async (region: string): Promise<PlanOutcome[]> => {
      const terraform = async (...args: readonly string[]): Promise<string> =>
        outputOf(`terraform ${String(args[0])}`, await runTerraform(region, ACCESS_KEY, ...args));
      await terraform("plan", "-input=false", "-out=plan");
      // An access key that is no secret has a policy of its own.
      return evaluatePlan(await terraform("show", "-json", "plan")).filter(({ policy }) => policy !== "KFF-ENC-003");
    };

    it("follows every policy at the second plan of the region that has the role", async () => {
      expect(await secondPlan(FIRST)).toEqual([]);
    });

    it("leaves to the plan of another region nothing undetermined but the role, which is in another state", async () => {
      const others = (await secondPlan(SECOND)).filter(
        ({ kind, found }) => kind === "finding" || !found.startsWith(`the plan does not have the role ${ROLE}: `),
      );
      expect(others).toEqual([]);
    });

    it("rejects an access key that is too long, and does not print it", async () => {
      const key = "k".repeat(4097);
      const { exitCode, output } = await runTerraform(FIRST, { TF_VAR_access_key: key }, "plan", "-no-color");
      expect(unwrapped(output)).toContain("accessKey must have 1 to 4096 bytes, got a value that is not shown.");
      expect(output).not.toContain("kkkk");
      expect(exitCode).toBe(1);
    });

    it.each(REGIONS)("delivers both streams of %s with the account's one role", async (region) => {
      const aws = await awsOf(region);
      for (const name of ["kloudfuse-metrics", "kloudfuse-logs"]) {
        const { description, http } = await aws.stream(name);
        expect(description.DeliveryStreamARN).toBe(`arn:aws:firehose:${region}:${ACCOUNT}:deliverystream/${name}`);
        expect(http.RoleARN).toBe(ROLE);
      }
    });

    it("keeps the permissions of both regions on the role", async () => {
      const { inlinePolicies } = await (await awsOf(FIRST)).role("KloudfuseFirehoseRole");
      expect(Object.keys(inlinePolicies).sort()).toEqual(
        ["KloudfuseFirehoseDelivery", "KloudfuseFirehosePermissions"].flatMap((policy) =>
          [SECOND, FIRST].map((region) => `${policy}-${region}-kloudfuse-metrics`),
        ),
      );
    });

    describe("is checked by the command", () => {
      const command = async (
        args: readonly string[],
        environment = emulator.environment,
      ): Promise<{ readonly exitCode: number | null; readonly report: Json; readonly stderr: string }> => {
        const fleetArgs = ["--fleet", join(workstation.folder, "fleet.json"), "--format", "json"];
        const { exitCode, stdout, stderr } = await runCli([...args, ...fleetArgs], environment);
        return { exitCode, report: Json.parse(stdout), stderr };
      };
      const stacksOf = (report: Json): unknown[] =>
        report.at("stacks").list.map((stack) => [stack.at("stack").value, stack.at("verdict").value]);
      const foundIn = (report: Json, verdict: string): string[] =>
        report
          .at("checks")
          .list.filter((check) => check.at("verdict").value === verdict)
          .map((check) => `${check.at("account").text} ${check.at("region").text}: ${check.at("found").text}`);
      const missing = (region: string): string[] =>
        ["", ""].map(
          () => `${OTHER_ACCOUNT} ${region}: no stream of this name in ${region}; the region has no delivery stream`,
        );

      it("with verify, which finds the streams of the account, and none in the other", async () => {
        const { exitCode, report } = await command(["verify"]);
        expect(foundIn(report, "problem")).toEqual(REGIONS.flatMap(missing));
        const [first, second, ...others] = report.at("stacks").list;
        expect([first, second].map((stack) => stack?.at("counts", "problem").value)).toEqual([0, 0]);
        expect(others.map((stack) => stack.at("verdict").value)).toEqual(["problem", "problem"]);
        expect(exitCode).toBe(1);
      });

      it("with verify for one account and region alone, in a table", async () => {
        const { stdout } = await runCli(
          [
            ...["verify", "--fleet", join(workstation.folder, "fleet.json")],
            ...["--account", OTHER_ACCOUNT, "--region", SECOND],
          ],
          emulator.environment,
        );
        expect(stdout).toMatch(/^# Fleet \S+fleet.json, 1 stack in 1 account, evaluated /);
        expect(stdout).toContain(
          `problem\t${OTHER_ACCOUNT}\t${SECOND}\tstack\t${OTHER_ACCOUNT} ${SECOND}\t2 problems, 0 unknown, 0 notes, 0 ok\t-`,
        );
        expect(stdout).toContain("# 1 stack: 1 with problems, 0 undetermined, 0 healthy");
      });

      it("with failures, which reads the backup of each stack", async () => {
        const { exitCode, report } = await command(["failures", "--account", ACCOUNT]);
        expect(report.at("checks").list.map((check) => check.at("verdict").value)).toEqual(["ok", "ok", "ok", "ok"]);
        expect(stacksOf(report)).toEqual(REGIONS.map((region) => [stackId(ACCOUNT, region), "ok"]));
        expect(exitCode).toBe(0);
      });

      it("with failures, to which streams that are gone are undetermined, in that account alone", async () => {
        const { exitCode, report } = await command(["failures"]);
        expect(stacksOf(report)).toEqual([
          ...REGIONS.map((region) => [stackId(ACCOUNT, region), "ok"]),
          ...REGIONS.map((region) => [stackId(OTHER_ACCOUNT, region), "unknown"]),
        ]);
        expect(exitCode).toBe(2);
      });

      it("with credentials of another account not at all: nothing is known of the fleet", async () => {
        const file = join(workstation.folder, "own-credentials.json");
        const { assume_role: _role, external_id: _id, ...defaults } = fleet.defaults;
        workstation.write("own-credentials.json", JSON.stringify({ defaults, accounts: [{ id: ACCOUNT }] }));
        const { exitCode, stdout } = await runCli(
          ["verify", "--fleet", file, "--format", "json"],
          emulator.environment,
        );
        const own = await new Aws(emulator).accountId();
        expect(foundIn(Json.parse(stdout), "unknown")).toEqual(
          REGIONS.map((region) => `${ACCOUNT} ${region}: The credentials belong to account ${own}, not to ${ACCOUNT}.`),
        );
        expect(exitCode).toBe(2);
      });

      it("with a role that only reads, instead of the deployer's", async () => {
        const proxy = await FaultProxy.start(emulator.endpoint);
        const roles = new Set<string | null>();
        proxy.on("AssumeRole", async (call, answer) => {
          roles.add(new URLSearchParams(call.body.toString()).get("RoleArn"));
          return await answer(call);
        });
        const role = "arn:aws:iam::{account}:role/ReadOnly";
        const { exitCode } = await command(
          ["failures", "--account", ACCOUNT, "--assume-role", role],
          proxy.environment(emulator.environment),
        );
        await proxy.stop();
        expect({ exitCode, roles: [...roles] }).toEqual({
          exitCode: 0,
          roles: [`arn:aws:iam::${ACCOUNT}:role/ReadOnly`],
        });
      });

      describe("where a role may not be assumed", () => {
        let proxy: FaultProxy;

        beforeAll(async () => {
          proxy = await FaultProxy.start(emulator.endpoint);
          proxy.on("AssumeRole", async (call, answer) =>
            call.body.toString().includes(OTHER_ACCOUNT)
              ? await refusal(403, "AccessDenied")(call, answer)
              : await answer(call),
          );
        });

        afterAll(async () => {
          await proxy.stop();
        });

        it.each(["verify", "failures"])(
          "with %s, to which that account is unknown, and hides no other",
          async (name) => {
            const { exitCode, report } = await command([name], proxy.environment(emulator.environment));
            expect(foundIn(report, "unknown").filter((found) => found.startsWith(OTHER_ACCOUNT))).toEqual(
              REGIONS.map(
                (region) =>
                  `${OTHER_ACCOUNT} ${region}: AWS denied sts:AssumeRole on arn:aws:iam::${OTHER_ACCOUNT}:role/Deployer.`,
              ),
            );
            expect(
              report.at("checks").list.filter((check) => check.at("account").value === ACCOUNT).length,
            ).toBeGreaterThan(3);
            expect(exitCode).toBe(2);
          },
        );
      });

      it.each([
        [
          ["verify", "--account", "999999999999"],
          `--account must be one of the accounts in FILE, got 999999999999. Choose from ${ACCOUNTS.join(", ")}.`,
        ],
        [["verify", "--state", "state.json"], "option '--fleet <file>' cannot be used with option '--state <file>'"],
        [["failures", "--follow"], "option '--fleet <file>' cannot be used with option '--follow [seconds]'"],
      ])("not with %j", async (args, message) => {
        const { exitCode, stderr } = await command(args);
        expect(stderr).toContain(message.replace("FILE", join(workstation.folder, "fleet.json")));
        expect(exitCode).toBe(2);
      });
    });

    it("has no access key in the synthesized JSON", () => {
      for (const region of REGIONS) {
        expect(workstation.read(`cdktf.out/stacks/${stackId(ACCOUNT, region)}/cdk.tf.json`)).not.toContain(
          "a-key-that",
        );
      }
    });
  });

  it("is deployed whole with one command, and no stream is missing then", async () => {
    await workstation.deploy(["*", "--parallelism", "4"], ACCESS_KEY);
    const { stdout } = await runCli(
      ["verify", "--fleet", join(workstation.folder, "fleet.json"), "--format", "json"],
      emulator.environment,
    );
    const problems = Json.parse(stdout)
      .at("stacks")
      .list.map((stack) => [stack.at("stack").value, stack.at("counts", "problem").value]);
    expect(problems).toEqual(ACCOUNTS.flatMap((account) => REGIONS.map((region) => [stackId(account, region), 0])));
  });

  it("is planned with the credentials of no other account", async () => {
    const { defaults, accounts } = fleet;
    const { assume_role: _role, external_id: _id, ...others } = defaults;
    workstation.write("own.json", JSON.stringify({ defaults: others, accounts }));
    const { exitCode, output }: EndedCommand = await workstation.tryDeploy([stackId(OTHER_ACCOUNT, FIRST)], {
      KLOUDFUSE_FIREHOSE_FLEET: "own.json",
    });
    expect(unwrapped(output)).toContain(`AWS account ID not allowed: ${await new Aws(emulator).accountId()}`);
    expect(exitCode).toBe(1);
  });

  it.each([
    [
      { KLOUDFUSE_FIREHOSE_FLEET: "none.json" },
      "none.json must be a fleet file that can be read, got ENOENT. Check the path.",
    ],
    [
      {
        KLOUDFUSE_FIREHOSE_BACKEND: "s3",
        KLOUDFUSE_FIREHOSE_BACKEND_BUCKET: "states",
        KLOUDFUSE_FIREHOSE_BACKEND_KEY: "kloudfuse",
        KLOUDFUSE_FIREHOSE_BACKEND_REGION: "us-east-1",
      },
      'backend conflicts with a fleet, in which each stack has its own state, got "s3". Set state in the fleet file, and remove backend.',
    ],
  ])("is not synthesized with %j", async (variables, message) => {
    const { exitCode, stderr } = await workstation.node(["scripts/run.cjs", "main.ts"], variables);
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: `${message}\n` });
  });

  it("as in examples/fleet is valid in every stack, with and without a secret for the access key", async () => {
    const variables = {
      KLOUDFUSE_FIREHOSE_FLEET: join(PROJECT, "examples/fleet/fleet.json"),
      CDKTF_OUTDIR: "example.out",
    };
    expect(await workstation.node(["scripts/run.cjs", "main.ts"], variables)).toMatchObject({ exitCode: 0 });
    const stacks = Json.parse(workstation.read("example.out/manifest.json")).at("stacks").keys;
    expect(stacks).toHaveLength(5);
    for (const stack of stacks) {
      const cwd = join(workstation.folder, "example.out/stacks", stack);
      const terraform = async (...args: readonly string[]): Promise<string> =>
        outputOf(
          `terraform ${args.join(" ")} of ${stack}`,
          await run("terraform", args, { cwd, environment: emulator.environment }),
        );
      await terraform("init", "-backend=false", "-input=false");
      expect(await terraform("validate", "-no-color")).toContain("The configuration is valid.");
    }
  });

  it("with a mistake is not synthesized, and the path in the file is named", async () => {
    workstation.write(
      "wrong.json",
      JSON.stringify({ ...fleet, accounts: [{ id: ACCOUNT, inputs: { buffering_size_mb: 65 } }] }),
    );
    const { exitCode, stderr } = await workstation.node(["scripts/run.cjs", "main.ts"], {
      KLOUDFUSE_FIREHOSE_FLEET: "wrong.json",
    });
    expect(stderr).toBe(
      "wrong.json must be a valid fleet file. Correct it:\n" +
        "  accounts[0].inputs.buffering_size_mb must be a whole number from 1 to 64, got 65. " +
        "Firehose accepts no other buffering size for an HTTP endpoint.\n",
    );
    expect(exitCode).toBe(1);
  });
});
