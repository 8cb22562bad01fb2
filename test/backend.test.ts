import { type BackendSettings, readBackendSettings } from "../modules/backend";

const read = (
  context: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>> = {},
): BackendSettings => readBackendSettings((key) => context[key], environment);

const S3 = { backend: "s3", backendBucket: "states", backendKey: "kloudfuse", backendRegion: "eu-west-1" };
const CLOUD = { backend: "cloud", backendOrganization: "acme", backendWorkspace: "kloudfuse" };

describe("the backend", () => {
  test("is a local file when nothing is set", () => {
    expect(read({})).toEqual({ type: "local" });
  });

  test("is read from the context of cdktf.json", () => {
    expect(read(S3)).toEqual({ type: "s3", bucket: "states", key: "kloudfuse", region: "eu-west-1" });
    expect(read(CLOUD)).toEqual({
      type: "cloud",
      organization: "acme",
      workspace: "kloudfuse",
      hostname: undefined,
    });
    expect(read({ ...CLOUD, backendHostname: "tfe.example.com" })).toMatchObject({ hostname: "tfe.example.com" });
  });

  test("is read from the environment, which wins", () => {
    expect(read(S3, { KLOUDFUSE_FIREHOSE_BACKEND_KEY: "other" })).toMatchObject({ key: "other" });
    expect(
      read(
        {},
        {
          KLOUDFUSE_FIREHOSE_BACKEND: "cloud",
          KLOUDFUSE_FIREHOSE_BACKEND_ORGANIZATION: "acme",
          KLOUDFUSE_FIREHOSE_BACKEND_WORKSPACE: "kloudfuse",
        },
      ),
    ).toMatchObject({ type: "cloud", organization: "acme" });
  });

  test.each([
    [
      S3,
      "backendBucket",
      "backendBucket must be given when backend is s3, got none. Set backendBucket in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_BUCKET in the environment.",
    ],
    [
      S3,
      "backendKey",
      "backendKey must be given when backend is s3, got none. Set backendKey in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_KEY in the environment.",
    ],
    [
      S3,
      "backendRegion",
      "backendRegion must be given when backend is s3, got none. Set backendRegion in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_REGION in the environment.",
    ],
    [
      CLOUD,
      "backendOrganization",
      "backendOrganization must be given when backend is cloud, got none. Set backendOrganization in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_ORGANIZATION in the environment.",
    ],
    [
      CLOUD,
      "backendWorkspace",
      "backendWorkspace must be given when backend is cloud, got none. Set backendWorkspace in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_WORKSPACE in the environment.",
    ],
  ])("is refused without a setting that it needs: %#", (context, missing, message) => {
    expect(() => read({ ...context, [missing]: "" })).toThrow(new Error(message));
  });

  test("is refused with a setting of another backend", () => {
    expect(() => read({ backendBucket: "states" })).toThrow(
      new Error(
        'backendBucket must not be given when backend is local, got "states". Remove it, or choose the backend that uses it. ' +
          "Set backend in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND in the environment.",
      ),
    );
  });

  test("is refused when there is no such backend", () => {
    expect(() => read({ backend: "gcs" })).toThrow(
      new Error(
        'backend must be one of local, s3, cloud, got "gcs". ' +
          "Set backend in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND in the environment.",
      ),
    );
  });
});
