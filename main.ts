import { lstatSync, readFileSync } from "node:fs";
import { App } from "cdktf";
import type { FleetTarget } from "./fleet";
import { KloudfuseFirehoseStack, withoutCreationStacks } from "./modules";
import { readBackendSettings } from "./modules/backend";
import { rejectMisspelledSettings } from "./modules/misspelled-settings";
import { addFleetStacks } from "./modules/stacks/fleet-stacks";

const CONFIGURATION = "cdktf.json";
const FLEET = "fleet.json";

/** The context of cdktf.json. CDKTF's command line passes it too, but `npm run synth` runs without it. */
function readContext(): Record<string, unknown> {
  const { context = {} } = asObject(CONFIGURATION, parseJson(readFileSync(CONFIGURATION, "utf8")));
  return asObject(`context in ${CONFIGURATION}`, context);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${CONFIGURATION} must be valid JSON (${String(error)}). Correct it.`, { cause: error });
  }
}

function asObject(name: string, value: unknown): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${name} must be an object, got ${JSON.stringify(value)}. Correct it.`);
  }
  return { ...value };
}

/** The path of the fleet file: the configured one, or fleet.json if it exists; undefined: there is no fleet. */
function fleetPath(context: Readonly<Record<string, unknown>>): string | undefined {
  const path = process.env["KLOUDFUSE_FIREHOSE_FLEET"] ?? context["fleet"] ?? "";
  if (typeof path !== "string") {
    throw new Error(
      `fleet must be the path of a file, got ${JSON.stringify(path)}. ` +
        `Set fleet in the context of ${CONFIGURATION}, or KLOUDFUSE_FIREHOSE_FLEET in the environment.`,
    );
  }
  return path === "" ? (isPresent(FLEET) ? FLEET : undefined) : path;
}

/** Whether there is a file or a symbolic link. Reading a link whose target is missing is an error. */
const isPresent = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false }) !== undefined;

/** Reads the targets of a fleet. The code that reads a fleet is loaded only if there is one. */
async function readTargets(path: string): Promise<readonly FleetTarget[]> {
  const { readFleet, targetsOf } = await import("./fleet/index.js");
  return targetsOf(readFleet(path));
}

function synthesize(context: Record<string, unknown>, targets: readonly FleetTarget[] | undefined): void {
  const app = new App({ context });
  if (app.hclOutput) {
    throw new Error(
      "--hcl is not supported: CDKTF cannot write the dynamic blocks of this stack as HCL. " +
        "Remove it: Terraform also reads the JSON that CDKTF writes by default.",
    );
  }
  const backend = readBackendSettings((key) => app.node.tryGetContext(key), process.env);
  if (targets === undefined) {
    new KloudfuseFirehoseStack(app, "kloudfuse-firehose", { backend });
  } else if (backend.type === "local") {
    addFleetStacks(app, targets);
  } else {
    throw new Error(
      `backend conflicts with a fleet, in which each stack has its own state, got "${backend.type}". ` +
        "Set state in the fleet file, and remove backend.",
    );
  }
  app.synth();
}

const isDebugging = process.env["CDKTF_LOG_LEVEL"] === "debug";

async function main(): Promise<void> {
  const context = readContext();
  rejectMisspelledSettings(context, process.env);
  const path = fleetPath(context);
  const targets = path === undefined ? undefined : await readTargets(path);
  if (isDebugging) {
    synthesize(context, targets);
  } else {
    withoutCreationStacks(() => {
      synthesize(context, targets);
    });
  }
}

main().catch((error: unknown) => {
  // An Error is thrown on purpose, and its message is enough. A TypeError and its like are bugs, which need the stack.
  if (!(error instanceof Error) || error.constructor !== Error) {
    throw error;
  }
  console.error(isDebugging ? error.stack : error.message);
  process.exitCode = 1;
});
