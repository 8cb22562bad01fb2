import { buildSync } from "esbuild";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Json } from "../e2e/helpers/json";

const ROOT = join(__dirname, "../..");

/**
 * Prints the errors that GitHub's own parser has for the workflow in its argument. The parser is an ECMAScript
 * module that imports JSON without an attribute, which Node rejects: it is bundled before it runs.
 */
const PROGRAM = `
  import { convertWorkflowTemplate, NoOperationTraceWriter, parseWorkflow } from "@actions/workflow-parser";

  const content = process.argv.at(-1);
  const { context, value } = parseWorkflow({ name: "workflow.yml", content }, new NoOperationTraceWriter());
  if (value !== undefined) {
    convertWorkflowTemplate(context, value);
  }
  console.log(JSON.stringify(context.errors.getErrors().map(({ message }) => message)));
`;

let bundled: string | undefined;

/** What GitHub finds wrong with a workflow. */
export function workflowErrors(text: string): string[] {
  bundled ??= bundle();
  const output = execFileSync(process.execPath, ["-", text], { input: bundled, encoding: "utf8" });
  return Json.parse(output).list.map((message) => message.text);
}

function bundle(): string {
  const { outputFiles } = buildSync({
    stdin: { contents: PROGRAM, resolveDir: ROOT },
    bundle: true,
    platform: "node",
    format: "cjs",
    minify: true,
    write: false,
  });
  return outputFiles[0]?.text ?? "";
}
