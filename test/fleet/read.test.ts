import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readFleet } from "../../fleet";

let folder = "";
let path = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-fleet-"));
  path = join(folder, "fleet.json");
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const readText = (text: string): ReturnType<typeof readFleet> => {
  writeFileSync(path, text);
  return readFleet(path);
};

const read = (file: unknown): ReturnType<typeof readFleet> => readText(JSON.stringify(file));

const HOST = { kloudfuse_ingester_host: "kfuse.example.com" };
const FLEET = {
  $schema: "./fleet/fleet.schema.json",
  state: { s3: { bucket: "states", region: "eu-west-1", key: "kloudfuse/{account}/{region}.tfstate" } },
  defaults: {
    assume_role: "arn:aws:iam::{account}:role/Deployer",
    external_id: "id-{account}",
    regions: ["us-east-1"],
    inputs: { ...HOST, buffering_size_mb: 4, kms_key_arn: "arn:aws:kms:{region}:{account}:key/a" },
  },
  accounts: [
    { id: "111122223333" },
    {
      id: "444455556666",
      assume_role: "arn:aws:iam::444455556666:role/Other",
      external_id: "other",
      regions: ["eu-west-1", "eu-west-2"],
      inputs: { buffering_size_mb: 8, kms_key_arn: null, tags: { team: "a", none: null } },
    },
  ],
};

describe("a fleet file", () => {
  test("is read with the defaults that an account does not replace", () => {
    expect(read(FLEET)).toEqual({
      path,
      state: { type: "s3", bucket: "states", region: "eu-west-1", key: "kloudfuse/{account}/{region}.tfstate" },
      accounts: [
        {
          id: "111122223333",
          assumeRole: "arn:aws:iam::111122223333:role/Deployer",
          externalId: "id-111122223333",
          regions: ["us-east-1"],
          inputs: { ...HOST, buffering_size_mb: 4, kms_key_arn: "arn:aws:kms:{region}:111122223333:key/a" },
        },
        {
          id: "444455556666",
          assumeRole: "arn:aws:iam::444455556666:role/Other",
          externalId: "other",
          regions: ["eu-west-1", "eu-west-2"],
          inputs: { ...HOST, buffering_size_mb: 8, tags: { team: "a" } },
        },
      ],
    });
  });

  test("is shown by an example", () => {
    const { accounts } = readFleet(join(__dirname, "../../examples/fleet/fleet.json"));
    expect(accounts.map(({ id, regions }) => [id, regions.length])).toEqual([
      ["111122223333", 2],
      ["444455556666", 1],
      ["777788889999", 2],
    ]);
  });

  test("may begin with a byte order mark", () => {
    expect(readText(`\uFEFF${JSON.stringify(FLEET)}`).accounts).toHaveLength(2);
  });

  test("lists every problem with its path", () => {
    const file = {
      defaults: { regions: ["eu-west-1"], inputs: { retry_duration_seconds: 7201 } },
      accounts: [
        { id: "111122223333", inputs: { ...HOST, buffering_size_mb: 65 } },
        { id: "444455556666", inputs: { ...HOST, create_role: false } },
      ],
    };
    expect(() => read(file)).toThrow(
      new Error(
        `${path} must be a valid fleet file. Correct it:\n` +
          "  accounts[0].inputs.buffering_size_mb must be a whole number from 1 to 64, got 65. Firehose accepts no other buffering size for an HTTP endpoint.\n" +
          "  defaults.inputs.retry_duration_seconds must be a whole number from 0 to 7200, got 7201. 0 writes to the backup bucket after the first failure.\n" +
          "  accounts[1].inputs.role_arn is required when accounts[1].inputs.create_role is false, got null. Set accounts[1].inputs.role_arn to the ARN of the role to use.",
      ),
    );
  });

  test("that has other types is checked no further", () => {
    expect(() => read({ accounts: [{ id: 1, inputs: { buffering_size_mb: 65 } }] })).toThrow(
      new Error(`${path} must be a valid fleet file. Correct it:\n  accounts[0].id must be a string, got 1.`),
    );
  });

  test("that is not JSON is rejected with line and column", () => {
    expect(() => readText('{\n  "accounts": [1,]\n}')).toThrow(
      new Error(`${path}, line 2, column 18: the file must be JSON: expected a value, got ]. Correct it.`),
    );
  });

  test("that does not exist is named", () => {
    const missing = join(folder, "none.json");
    expect(() => readFleet(missing)).toThrow(
      `${missing} must be a fleet file that can be read, got ENOENT. Check the path.`,
    );
  });

  test("with a wrong account id shows no problem that follows from it", () => {
    const file = { ...FLEET, accounts: [{ id: "12" }] };
    expect(() => read(file)).toThrow(
      new Error(
        `${path} must be a valid fleet file. Correct it:\n` +
          '  accounts[0].id must be a 12-digit AWS account ID, got "12". Correct it.',
      ),
    );
  });
});
