import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { type EndedCommand, run, unwrapped } from "./helpers/run";
import { Workstation } from "./helpers/workstation";

const SECONDS_TO_END = 60;

jest.setTimeout(2 * SECONDS_TO_END * 1000);

const HOST = ["--var", "kloudfuse_ingester_host=kfuse.example.com"];
const MISSING_HOST =
  "kloudfuse_ingester_host is required, got null. Set it with --var kloudfuse_ingester_host=<value>, " +
  "with TF_VAR_kloudfuse_ingester_host in the environment, or in a file with --var-file.";
const NOTHING = { streams: [], roles: [], buckets: [], logGroups: [] };

/** cdktf loses the end of a long output: the error has to be all that there is to print. */
describe("cdktf deploy with bad input", () => {
  let emulator: Emulator;
  let aws: Aws;
  let workstation: Workstation;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    workstation = new Workstation(emulator.environment);
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  /** `script` runs a command on a terminal of its own. */
  const onTerminal = async (): Promise<EndedCommand> =>
    await run(
      "timeout",
      [String(SECONDS_TO_END), "script", "-qec", "npx cdktf deploy --auto-approve --skip-provider-lock", "/dev/null"],
      { cwd: workstation.folder, environment: emulator.environment },
    );

  it.each([
    ["without a terminal", () => workstation.tryDeploy([])],
    ["on a terminal", onTerminal],
  ])("says how to set the host when it is not set, %s", async (_where, deploy) => {
    const { exitCode, output } = await deploy();
    expect(exitCode).toBe(1);
    expect(withoutFrame(output)).toContain(MISSING_HOST);
  });

  it.each([
    [["buffering_size_mb=65"], "buffering_size_mb must be a whole number from 1 to 64, got 65."],
    [["create_role=false"], "role_arn is required when create_role is false, got null."],
    [
      ["kms_key_arn=arn:aws:kms:eu-west-1:123456789012:key/1"],
      "kms_key_arn must be in the streams' region, us-east-1,",
    ],
    [["aws_region=Frankfurt"], 'aws_region must be the code of an AWS region, such as eu-west-1, got "Frankfurt".'],
  ])("shows what is wrong with %j, and creates nothing", async (variables, message) => {
    const options = variables.flatMap((variable) => ["--var", variable]);
    const { exitCode, output } = await workstation.tryDeploy([...HOST, ...options]);
    expect(exitCode).toBe(1);
    expect(withoutFrame(output)).toContain(message);
    expect(await aws.everything()).toEqual(NOTHING);
  });
});

/** A text for people, without Terraform's frame and the codes of a terminal. */
function withoutFrame(text: string): string {
  // eslint-disable-next-line no-control-regex -- the codes of a terminal begin with the control character ESC
  return unwrapped(text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, ""));
}
