import { Inputs, rejectionsIn } from "./helpers/inputs";
import { requireTerraform } from "./helpers/tools";

jest.setTimeout(60_000);

const HOST = { kloudfuse_ingester_host: "kfuse.example.com" };
const PART_OF_KEY = "Tr0ub4dor";
const ADVICE = "Check that the whole key was copied and nothing else, or use a Secrets Manager secret.";
const BAD_KEYS = {
  "that has a space": [`${PART_OF_KEY} ${PART_OF_KEY}`, "have no white space"],
  "that ends with a line break": [`${PART_OF_KEY}\n`, "have no white space"],
  "of 4097 characters": [PART_OF_KEY.repeat(456).slice(0, 4097), "have 1 to 4096 bytes"],
} as const;

/** The wording of the errors is compared elsewhere; here it is all that may be printed. */
describe("a rejected access key is never shown", () => {
  let inputs: Inputs;

  beforeAll(() => {
    requireTerraform(process.env);
    inputs = new Inputs();
  });

  afterAll(() => {
    inputs.remove();
  });

  describe.each(Object.entries(BAD_KEYS))("a key %s", (_what, [accessKey, rule]) => {
    const values = { ...HOST, access_key: accessKey };
    const ways = {
      "a file": (...options: string[]) => inputs.planWithFile(values, ...options),
      "-var": (...options: string[]) => inputs.planWithOptions(values, ...options),
      "the environment": (...options: string[]) => inputs.planWithEnvironment(values, ...options),
    };

    it.each(Object.entries(ways))("from %s, for people", async (_way, plan) => {
      const { exitCode, output } = await plan();
      expect(exitCode).toBe(1);
      expect(output).toContain(`access_key must ${rule}, got a value that is not shown.`);
      expect(output).not.toContain(PART_OF_KEY);
    });

    it.each(Object.entries(ways))("from %s, for machines", async (_way, plan) => {
      const ended = await plan("-json");
      expect(rejectionsIn(ended)).toEqual([`access_key must ${rule}, got a value that is not shown. ${ADVICE}`]);
      expect(ended.output).not.toContain(PART_OF_KEY);
    });
  });

  it("not even when another input is what is rejected", async () => {
    const secret = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse-AbCdEf";
    const ended = await inputs.planWithFile(
      { ...HOST, buffering_size_mb: 65, access_key: PART_OF_KEY, access_key_secret_arn: secret },
      "-json",
    );
    expect(rejectionsIn(ended).sort()).toEqual([
      `access_key_secret_arn conflicts with access_key, got both. Remove access_key to read the key from the secret.`,
      "buffering_size_mb must be a whole number from 1 to 64, got 65. Firehose accepts no other buffering size for an HTTP endpoint.",
    ]);
    expect(ended.output).not.toContain(PART_OF_KEY);
  });
});
