import { readBackendSettings } from "../modules/backend";
import type { BackendSettings } from "../modules/backend-settings";

const read = (
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string>> = {},
): BackendSettings => readBackendSettings((key) => context[key], environment);

const S3 = { backend: "s3", backendBucket: "states", backendKey: "kloudfuse", backendRegion: "eu-west-1" };
const CLOUD = { backend: "cloud", backendOrganization: "acme", backendWorkspace: "kloudfuse" };
const SET_BACKEND = "Set backend in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND in the environment.";
const SET_BUCKET =
  "Set backendBucket in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_BUCKET in the environment.";

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
    expect(read({ ...S3, backendKey: 7 }, { KLOUDFUSE_FIREHOSE_BACKEND_KEY: "other" })).toMatchObject({ key: "other" });
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
    ["S3", { ...S3, backend: "S3" }, "s3"],
    ["Cloud", { ...CLOUD, backend: "Cloud" }, "cloud"],
    ["LOCAL", { backend: "LOCAL" }, "local"],
  ])("is accepted in any case: %s", (_name, context, type) => {
    expect(read(context).type).toBe(type);
  });

  test.each([null, undefined, ""])("is a local file when the context holds %p", (backend) => {
    expect(read({ backend })).toEqual({ type: "local" });
  });

  test.each([
    [
      S3,
      "backendBucket",
      "backendBucket is required when backend is s3. Set backendBucket in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_BUCKET in the environment.",
    ],
    [
      S3,
      "backendKey",
      "backendKey is required when backend is s3. Set backendKey in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_KEY in the environment.",
    ],
    [
      S3,
      "backendRegion",
      "backendRegion is required when backend is s3. Set backendRegion in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_REGION in the environment.",
    ],
    [
      CLOUD,
      "backendOrganization",
      "backendOrganization is required when backend is cloud. Set backendOrganization in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_ORGANIZATION in the environment.",
    ],
    [
      CLOUD,
      "backendWorkspace",
      "backendWorkspace is required when backend is cloud. Set backendWorkspace in the context of cdktf.json, or KLOUDFUSE_FIREHOSE_BACKEND_WORKSPACE in the environment.",
    ],
  ])("is rejected without a required setting: %#", (context, missing, message) => {
    expect(() => read({ ...context, [missing]: "" })).toThrow(new Error(message));
  });

  test.each([
    [
      { backendBucket: "states" },
      `backendBucket conflicts with backend local, got "states". Remove backendBucket, or choose backend s3. ${SET_BACKEND}`,
    ],
    [
      { ...S3, backendHostname: "tfe.example.com" },
      `backendHostname conflicts with backend s3, got "tfe.example.com". Remove backendHostname, or choose backend cloud. ${SET_BACKEND}`,
    ],
  ])("is rejected with a setting of another backend: %#", (context, message) => {
    expect(() => read(context)).toThrow(new Error(message));
  });

  test("is rejected when there is no such backend", () => {
    expect(() => read({ backend: "GCS" })).toThrow(
      new Error(`backend must be local, s3 or cloud, got "GCS". ${SET_BACKEND}`),
    );
  });

  test.each([
    [5, "5"],
    [true, "true"],
    [["states"], '["states"]'],
  ])("is rejected when a setting is no string: %p", (backendBucket, received) => {
    const message = `backendBucket must be a string, got ${received}. ${SET_BUCKET}`;
    expect(() => read({ ...S3, backendBucket })).toThrow(new Error(message));
    expect(() => read({ backendBucket })).toThrow(new Error(message));
  });

  test.each([
    [" states", '" states"'],
    ["states\n", '"states\\n"'],
    [" ", '" "'],
  ])("is rejected when a setting starts or ends with white space: %p", (backendBucket, received) => {
    const error = new Error(`backendBucket must not start or end with white space, got ${received}. ${SET_BUCKET}`);
    expect(() => read({ ...S3, backendBucket })).toThrow(error);
    expect(() => read(S3, { KLOUDFUSE_FIREHOSE_BACKEND_BUCKET: backendBucket })).toThrow(error);
  });
});
