import { exitCodeOf } from "../checks/check";
import { RESPONSE_TIMEOUT_SECONDS } from "../endpoint-limits";
import { interruptSignal } from "../interrupt";
import { parseWholeNumber } from "../numbers";
import { renderReport } from "../terminal/report";
import { standardOutput } from "../terminal/terminal";
import { type AccessKey, accessKeyFromEnvironment, maskOfSecret, readAccessKey } from "./access-key";
import { type Delivery, deliver } from "./deliver";
import { dryRun } from "./dry-run";
import type { ProbeOptions, ProbeOverrides } from "./options";
import { markedRecord } from "./record";
import { firehoseRequest, type FirehoseRequest } from "./request";
import { masked } from "./secrecy";
import { documentedTargets, streamTargets, type ProbeTarget } from "./target";

/**
 * Tries the endpoints, prints what was found, and returns the exit code.
 *
 * @param host undefined: AWS says where the streams deliver to
 * @throws UnusableInput when an option, the host or the environment is invalid
 * @throws UndeterminedError when AWS does not answer, or the command is interrupted
 */
export async function probe(
  host: string | undefined,
  options: ProbeOptions,
  { abortSignal = interruptSignal(), authorities, terminal = standardOutput() }: ProbeOverrides = {},
): Promise<number> {
  const timeoutMs = parseWholeNumber("--timeout", options.timeout, 1, RESPONSE_TIMEOUT_SECONDS) * 1000;
  const evaluatedAt = new Date();
  const environmentKey = accessKeyFromEnvironment();
  const { targets, checks, ...location } =
    host === undefined ? await streamTargets(options, abortSignal) : documentedTargets(host, options);
  const scope = { ...location, evaluatedAt };
  if (options.dryRun === true) {
    const planned = targets.map((target) => {
      return { target, request: requestOf(target, environmentKey ?? maskOfSecret(target.secretArn), options) };
    });
    await terminal.write(dryRun(planned, { ...scope, checks }, options, terminal));
    return exitCodeOf(checks);
  }
  const deliveries = await Promise.all(
    targets.map(async (target): Promise<Delivery> => {
      const key = environmentKey ?? (await readAccessKey(target.secretArn, options, abortSignal));
      return { target, key, request: (sent) => requestOf(target, sent, options) };
    }),
  );
  const found = [...checks, ...(await deliver(deliveries, { timeoutMs, authorities, abortSignal }))];
  const secrets = deliveries.flatMap(({ key: { value = "" } }) => [value]);
  const shown = found.map((check) => ({
    ...check,
    subject: masked(check.subject, secrets),
    found: masked(check.found, secrets),
    remedy: masked(check.remedy, secrets),
  }));
  await terminal.write(renderReport({ ...scope, checks: shown }, options, terminal));
  return exitCodeOf(found);
}

/** Without `--send` the request carries no record. */
function requestOf(target: ProbeTarget, key: AccessKey, { send }: ProbeOptions): FirehoseRequest {
  const now = Date.now();
  return firehoseRequest(target, key, send === true ? [markedRecord(target, now)] : [], now);
}
