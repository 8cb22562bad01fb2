import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkProfile } from "../../../cli/aws/profile";

let folder = "";
const before = { ...process.env };

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-profile-"));
  const [config, credentials] = [join(folder, "config"), join(folder, "credentials")];
  writeFileSync(
    config,
    "[default]\nregion = eu-west-1\n[profile staging]\nregion = eu-west-1\n[sso-session corporate]\n",
  );
  writeFileSync(credentials, "[production]\naws_access_key_id = test\n");
  Object.assign(process.env, { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials });
  delete process.env["AWS_PROFILE"];
});

afterAll(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

test.each([undefined, "default", "staging", "production"])("accepts the profile %s", async (profile) => {
  await expect(checkProfile(profile === undefined ? {} : { profile })).resolves.toBeUndefined();
});

const MESSAGE =
  'AWS profile "stagign" is not configured; configured: default, production, staging. Choose another one with --profile or AWS_PROFILE, or configure it with aws configure --profile stagign.';

test("names a profile that is not configured, and those that are", async () => {
  await expect(checkProfile({ profile: "stagign" })).rejects.toThrow(MESSAGE);
});

test("checks the profile of the environment too", async () => {
  process.env["AWS_PROFILE"] = "stagign";
  await expect(checkProfile({})).rejects.toThrow(MESSAGE);
});
