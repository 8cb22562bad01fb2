import { variableName } from "../../modules/inputs";
import { EXIT } from "../exit-codes";
import { plural } from "../numbers";
import type { ReportScope } from "../terminal/checks-report";
import type { Colors } from "../terminal/color";
import { headerOf } from "../terminal/report";
import { renderRows } from "../terminal/rows";
import type { Terminal } from "../terminal/terminal";
import { ADOPTION_ACTIONS, type AdoptionAction, type AdoptionPart } from "./part";

/** An adoption and the files that were written for it. */
export interface AdoptionReport extends ReportScope {
  readonly adoption: AdoptionPart;
  /** Address of the module; undefined: the root stack. */
  readonly module: string | undefined;
  /** Paths; empty if a decision is open or something is undetermined. */
  readonly files: readonly string[];
  /** Whether the user passes an access key. */
  readonly needsAccessKey: boolean;
  /** Whether the deployment seems to be managed by Terraform already. */
  readonly looksManaged: boolean;
}

const COLORS: Readonly<Record<AdoptionAction, (colors: Colors) => (text: string) => string>> = {
  decide: ({ red }) => red,
  unknown: ({ magenta }) => magenta,
  leave: ({ yellow }) => yellow,
  change: ({ cyan }) => cyan,
  import: ({ green }) => green,
  create: ({ bold }) => bold,
};

const countOf = ({ items }: AdoptionPart, action: AdoptionAction): number =>
  items.filter((item) => item.action === action).length;

/** An open decision takes precedence over what could not be determined. */
export const adoptionExitCode = (adoption: AdoptionPart): number =>
  countOf(adoption, "decide") > 0 ? EXIT.problem : countOf(adoption, "unknown") > 0 ? EXIT.undetermined : EXIT.healthy;

/** The report as text: open decisions first, created resources last. */
export function renderAdoption(report: AdoptionReport, terminal: Terminal): string {
  const { adoption, regions } = report;
  const rows = ADOPTION_ACTIONS.flatMap((action) => adoption.items.filter((item) => item.action === action)).map(
    ({ action, subject, name, found, details = [], remedy }) => ({
      word: action,
      color: COLORS[action],
      heading: subject,
      fields: [regions[0], subject],
      name,
      found,
      details,
      remedy,
    }),
  );
  return renderRows(rows, { header: headerOf(report), summary: summaryOf(report) }, terminal);
}

function summaryOf({ adoption, files, module, needsAccessKey, looksManaged }: AdoptionReport): string[] {
  const [decisions, unknown] = [countOf(adoption, "decide"), countOf(adoption, "unknown")];
  const inputs = Object.keys(adoption.inputs).map(variableName);
  return [
    `${plural(adoption.imports.length, "import")}, ${plural(countOf(adoption, "create"), "new resource")}, ${plural(countOf(adoption, "change"), "change")} in place, ${countOf(adoption, "leave")} left as they are`,
    ...(inputs.length === 0 ? [] : [`Inputs: ${inputs.join(", ")}`]),
    ...(looksManaged
      ? [
          "The deployment seems to be managed by Terraform already. Importing a resource at the address that it has in the state changes nothing; importing it into another state gives it two owners.",
        ]
      : []),
    ...(decisions + unknown > 0
      ? [`Nothing was written: ${plural(decisions, "decision")} open, ${unknown} undetermined.`]
      : [
          `Written: ${files.join(", ")}`,
          ...(module === undefined
            ? []
            : [`Paste the arguments into the block of ${module}: Terraform does not read them from the file.`]),
          ...(needsAccessKey
            ? ["Pass the access key to every plan and apply: without it the streams may lose theirs."]
            : []),
          module === undefined
            ? "Next: cdktf diff; then cdktf deploy, and delete the import blocks."
            : "Next: terraform plan -out=plan.bin && terraform show -json plan.bin | kloudfuse-firehose policy; then apply, and delete the import blocks.",
        ]),
  ];
}

/** The report as JSON. It has the names of the inputs only: values may be secret, and are in the files. */
export function adoptionJson(report: AdoptionReport): string {
  const { accountId, regions, evaluatedAt, adoption, files, module, looksManaged } = report;
  const summary = {
    account: accountId ?? null,
    regions,
    evaluatedAt: evaluatedAt.toISOString(),
    module: module ?? null,
    looksManaged,
    counts: Object.fromEntries(ADOPTION_ACTIONS.map((action) => [action, countOf(adoption, action)])),
    files,
    exitCode: adoptionExitCode(adoption),
  };
  const items = adoption.items.map(({ details = [], ...item }) => ({ ...item, details }));
  const imports = adoption.imports.map(({ to, id }) => ({ to: module === undefined ? to : `${module}.${to}`, id }));
  const inputs = Object.keys(adoption.inputs).map(variableName);
  return `${JSON.stringify({ summary, items, imports, inputs }, null, 2)}\n`;
}
