import { readFileSync } from "node:fs";
import { App } from "cdktf";
import { KloudfuseFirehoseStack, withoutCreationStacks } from "./modules";
import { readBackendSettings } from "./modules/backend";

const CONFIGURATION = "cdktf.json";

/** The context of cdktf.json. CDKTF's command line passes it too, but `npm run synth` runs without that. */
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
  if (typeof value !== "object" || value === null) {
    throw new Error(`${name} must be an object (got ${JSON.stringify(value)}). Correct it.`);
  }
  return { ...value };
}

function synthesize(): void {
  const app = new App({ context: readContext() });
  if (app.hclOutput) {
    throw new Error(
      "--hcl is not supported: CDKTF cannot write the dynamic blocks of this stack as HCL. " +
        "Leave it out: Terraform reads the JSON that is then written.",
    );
  }
  new KloudfuseFirehoseStack(app, "kloudfuse-firehose", {
    backend: readBackendSettings((key) => app.node.tryGetContext(key), process.env),
  });
  app.synth();
}

const isDebugging = process.env["CDKTF_LOG_LEVEL"] === "debug";

try {
  if (isDebugging) {
    synthesize();
  } else {
    withoutCreationStacks(synthesize);
  }
} catch (error) {
  // An Error is thrown on purpose and says what to do. A TypeError and its like are bugs: their stack is needed.
  if (!(error instanceof Error) || error.constructor !== Error) {
    throw error;
  }
  console.error(isDebugging ? error.stack : error.message);
  process.exitCode = 1;
}
