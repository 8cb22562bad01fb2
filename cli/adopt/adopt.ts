import { DELIVERY_POLICY_NAMES } from "../../modules/resource-names";
import { type AwsContext, awsContext } from "../aws/context";
import { type StreamLookup, findStreams, otherStreamsText } from "../aws/find-streams";
import { EXIT, UndeterminedError } from "../exit-codes";
import { interruptSignal } from "../interrupt";
import { countLine } from "../terminal/count-line";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { adoptContext } from "./context";
import { adoptionFiles } from "./files";
import { checkSecretRegion } from "./access-key-source";
import type { AdoptionInventory } from "./inventory";
import { type AdoptionDecisions, type AdoptOptions, decisionsOf } from "./options";
import type { AdoptionPart } from "./part";
import { planAdoption } from "./plan-adoption";
import { readInventory } from "./read-inventory";
import { adoptionExitCode, adoptionJson, type AdoptionReport, renderAdoption } from "./report";
import { writeFiles } from "./write-files";

/**
 * Writes what Terraform needs to take over streams that were made by hand, once nothing is open, and returns the exit
 * code. Changes nothing in AWS.
 *
 * @throws UnusableInput when an option cannot be used, or a file exists with other content
 * @throws UndeterminedError when AWS does not describe the streams, or there is none
 */
export async function adopt(options: AdoptOptions, terminal: Terminal = standardOutput()): Promise<number> {
  const decisions = decisionsOf(options);
  const aws = await awsContext(options, interruptSignal());
  checkSecretRegion(decisions.accessKey, aws.region);
  const found = requireStreams(await findStreams(aws, options), aws);
  const line = countLine(process.stderr, "log group");
  const inventory = await readInventory(adoptContext(aws), found, decisions, line.show).finally(line.end);
  const adoption = planAdoption(inventory, decisions);
  const report: AdoptionReport = {
    accountId: inventory.location.accountId,
    regions: [aws.region],
    evaluatedAt: new Date(),
    adoption,
    module: decisions.module?.text,
    files: adoptionExitCode(adoption) === EXIT.healthy ? writeAdoption(adoption, decisions, aws, options) : [],
    needsAccessKey: decisions.accessKey?.kind === "provided",
    looksManaged: looksManaged(inventory),
  };
  await terminal.write(options.format === "json" ? adoptionJson(report) : renderAdoption(report, terminal));
  return adoptionExitCode(adoption);
}

function writeAdoption(
  adoption: AdoptionPart,
  { module, accessKey }: AdoptionDecisions,
  { region }: AwsContext,
  { out, force = false }: AdoptOptions,
): string[] {
  const files = adoptionFiles(adoption, { region, module, needsAccessKey: accessKey?.kind === "provided" });
  return writeFiles(out, files, force);
}

/** @throws UndeterminedError when a stream that is asked for does not exist */
function requireStreams(found: readonly StreamLookup[], { region }: AwsContext): readonly StreamLookup[] {
  const missing = found.find(({ stream, isRequired }) => stream === undefined && isRequired);
  if (missing !== undefined) {
    throw new UndeterminedError(
      `There is no delivery stream ${missing.name} in ${region}${otherStreamsText(missing.othersInRegion, ": ")}. Name it with --${missing.signal}-stream-name, its region with --region, or choose only the other stream with --signal.`,
    );
  }
  return found;
}

/** The guide has neither a log group for errors nor the module's second inline policy. */
const looksManaged = ({ errorLog, roles }: AdoptionInventory): boolean =>
  errorLog !== undefined &&
  !(errorLog instanceof UndeterminedError) &&
  [...roles.values()].some(
    (role) =>
      role !== undefined &&
      !(role instanceof UndeterminedError) &&
      role.inlinePolicies.some((name) => name.startsWith(DELIVERY_POLICY_NAMES.deliver)),
  );
