import { posix, relative, resolve, sep } from "node:path";
import { App, CloudBackend, LocalBackend, NamedCloudWorkspace, S3Backend, type TerraformStack } from "cdktf";

/** Where the root stack keeps its state. */
export type BackendSettings =
  | { readonly type: "local" }
  | { readonly type: "s3"; readonly bucket: string; readonly key: string; readonly region: string }
  | {
      readonly type: "cloud";
      readonly organization: string;
      readonly workspace: string;
      readonly hostname: string | undefined;
    };

const NEEDED_BY_TYPE = {
  local: [],
  s3: ["backendBucket", "backendKey", "backendRegion"],
  cloud: ["backendOrganization", "backendWorkspace"],
} as const;
const OPTIONAL_BY_TYPE = { local: [], s3: [], cloud: ["backendHostname"] } as const;

type BackendType = keyof typeof NEEDED_BY_TYPE;
type Setting =
  "backend" | (typeof NEEDED_BY_TYPE)[BackendType][number] | (typeof OPTIONAL_BY_TYPE)[BackendType][number];

const isBackendType = (value: string): value is BackendType => Object.hasOwn(NEEDED_BY_TYPE, value);

/** The environment variable of a setting; it wins over the context of cdktf.json. */
function environmentVariable(setting: string): string {
  return `KLOUDFUSE_FIREHOSE_${setting.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase()}`;
}

/**
 * Reads the backend from the context of cdktf.json and from the environment.
 *
 * @throws Error naming a setting that is unknown, missing or not used by the chosen backend
 */
export function readBackendSettings(
  context: (key: string) => unknown,
  environment: Readonly<Record<string, string | undefined>>,
): BackendSettings {
  const read = (setting: Setting): string | undefined => {
    const value = environment[environmentVariable(setting)] ?? context(setting);
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  const type = read("backend") ?? "local";
  if (!isBackendType(type)) {
    throw new Error(`backend must be one of local, s3, cloud, got "${type}". ${whereToSet("backend")}`);
  }
  const used: readonly Setting[] = [...NEEDED_BY_TYPE[type], ...OPTIONAL_BY_TYPE[type]];
  for (const setting of [...Object.values(NEEDED_BY_TYPE), ...Object.values(OPTIONAL_BY_TYPE)].flat()) {
    if (!used.includes(setting) && read(setting) !== undefined) {
      throw new Error(
        `${setting} must not be given when backend is ${type}, got "${read(setting)}". ` +
          `Remove it, or choose the backend that uses it. ${whereToSet("backend")}`,
      );
    }
  }
  const needed = (setting: (typeof NEEDED_BY_TYPE)[BackendType][number]): string => {
    const value = read(setting);
    if (value === undefined) {
      throw new Error(`${setting} must be given when backend is ${type}, got none. ${whereToSet(setting)}`);
    }
    return value;
  };
  switch (type) {
    case "local":
      return { type };
    case "s3":
      return {
        type,
        bucket: needed("backendBucket"),
        key: needed("backendKey"),
        region: needed("backendRegion"),
      };
    case "cloud":
      return {
        type,
        organization: needed("backendOrganization"),
        workspace: needed("backendWorkspace"),
        hostname: read("backendHostname"),
      };
  }
}

const whereToSet = (setting: string): string =>
  `Set ${setting} in the context of cdktf.json, or ${environmentVariable(setting)} in the environment.`;

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

/** The state file beside cdktf.json, relative to the folder that Terraform runs in: no machine's path in the JSON. */
function localStatePath(stack: TerraformStack): string {
  const terraformFolder = resolve(App.of(stack).outdir, "stacks", stack.node.id);
  return posix.join(relative(terraformFolder, process.cwd()).replaceAll(sep, "/"), `${stack.node.id}.tfstate`);
}
