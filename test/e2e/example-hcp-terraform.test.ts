import { type Emulator, startEmulator } from "./helpers/emulator";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";

describe("examples/hcp-terraform", () => {
  let emulator: Emulator;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    root = TerraformRoot.copy("examples/hcp-terraform", emulator.environment);
    await root.init();
    await root.apply(HOST);
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("is valid", async () => {
    expect((await root.validate()).at("diagnostics").value).toEqual([]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges(HOST)).toBe(false);
  });

  it("follows every policy at the second plan", async () => {
    expect(await policyOutcomes(root, HOST)).toEqual([]);
  });
});
