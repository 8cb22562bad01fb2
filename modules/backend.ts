import { posix, relative, resolve, sep } from "node:path";
import { App, CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";
import type { BackendSettings } from "./backend-settings";

const BACKEND_TYPES = ["local", "s3", "cloud"] as const;
const REQUIRED_BY_TYPE = {
  local: [],
  s3: ["backendBucket", "backendKey", "backendRegion"],
  cloud: ["backendOrganization", "backendWorkspace"],
} as const;
const OPTIONAL_BY_TYPE = { local: [], s3: [], cloud: ["backendHostname"] } as const;

type BackendType = (typeof BACKEND_TYPES)[number];
type RequiredSetting = (typeof REQUIRED_BY_TYPE)[BackendType][number];
type Setting = "backend" | RequiredSetting | (typeof OPTIONAL_BY_TYPE)[BackendType][number];

const isBackendType = (value: string): value is BackendType => BACKEND_TYPES.some((type) => type === value);

const settingsOf = (type: BackendType): readonly Setting[] => [...REQUIRED_BY_TYPE[type], ...OPTIONAL_BY_TYPE[type]];

/** The names of all settings of the backend. */
export const BACKEND_SETTINGS: readonly Setting[] = ["backend", ...BACKEND_TYPES.flatMap(settingsOf)];

/** The environment variable of a setting; it takes precedence over the context of cdktf.json. */
export function environmentVariable(setting: string): string {
  return `KLOUDFUSE_FIREHOSE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

const whereToSet = (setting: Setting): string =>
  `Set ${setting} in the context of cdktf.json, or ${environmentVariable(setting)} in the environment.`;

/**
 * Reads the backend from the context of cdktf.json and from the environment.
 *
 * @throws Error naming a setting that is invalid, missing or not used by the chosen backend
 */
export function readBackendSettings(
  context: (key: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): BackendSettings {
  const read = (setting: Setting): string | undefined => {
    const value = environment[environmentVariable(setting)] ?? context(setting) ?? "";
    if (typeof value !== "string") {
      throw new Error(`${setting} must be a string, got ${JSON.stringify(value)}. ${whereToSet(setting)}`);
    }
    if (value.trim() !== value) {
      throw new Error(
        `${setting} must not start or end with white space, got ${JSON.stringify(value)}. ${whereToSet(setting)}`,
      );
    }
    return value === "" ? undefined : value;
  };
  const name = read("backend") ?? "local";
  const type = name.toLowerCase();
  if (!isBackendType(type)) {
    throw new Error(`backend must be local, s3 or cloud, got "${name}". ${whereToSet("backend")}`);
  }
  for (const other of BACKEND_TYPES.filter((candidate) => candidate !== type)) {
    for (const setting of settingsOf(other)) {
      const value = read(setting);
      if (value !== undefined) {
        throw new Error(
          `${setting} conflicts with backend ${type}, got "${value}". ` +
            `Remove ${setting}, or choose backend ${other}. ${whereToSet("backend")}`,
        );
      }
    }
  }
  const required = (setting: RequiredSetting): string => {
    const value = read(setting);
    if (value === undefined) {
      throw new Error(`${setting} is required when backend is ${type}. ${whereToSet(setting)}`);
    }
    return value;
  };
  switch (type) {
    case "local":
      return { type };
    case "s3":
      return {
        type,
        bucket: required("backendBucket"),
        key: required("backendKey"),
        region: required("backendRegion"),
      };
    case "cloud":
      return {
        type,
        organization: required("backendOrganization"),
        workspace: required("backendWorkspace"),
        hostname: read("backendHostname"),
      };
  }
}

/** Adds the backend to a stack. */
export function configureBackend(stack: TerraformStack, settings: BackendSettings): void {
  switch (settings.type) {
    case "local":
      new LocalBackend(stack, { path: localStatePath(stack) });
      return;
    case "s3": {
      const { bucket, key, region } = settings;
      const backend = new S3Backend(stack, { bucket, key, region, encrypt: true });
      backend.addOverride("use_lockfile", true);
      return;
    }
    case "cloud": {
      const { organization, workspace, hostname } = settings;
      new CloudBackend(stack, {
        organization,
        workspaces: new NamedCloudWorkspace(workspace),
        ...(hostname === undefined ? {} : { hostname }),
      });
    }
  }
}

/**
 * The state file next to cdktf.json. The path is relative to the folder that Terraform runs in, so that the JSON is the
 * same on every machine.
 */
function localStatePath(stack: TerraformStack): string {
  const terraformFolder = resolve(App.of(stack).outdir, "stacks", stack.node.id);
  return posix.join(relative(terraformFolder, process.cwd()).replaceAll(sep, "/"), `${stack.node.id}.tfstate`);
}
