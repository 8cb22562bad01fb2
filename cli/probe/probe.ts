import { exitCodeOf } from "../checks/check";
import { printChecks } from "../checks/print";
import { interruption } from "../interrupt";
import { wholeNumber } from "../numbers";
import { type AccessKey, keyOfEnvironment, keyOfStream, maskOfSecret } from "./access-key";
import { type Delivery, deliver } from "./deliver";
import { dryRun } from "./dry-run";
import type { ProbeOptions, ProbeOverrides } from "./options";
import { markedRecord } from "./record";
import { firehoseRequest, type FirehoseRequest } from "./request";
import { masked } from "./secrecy";
import { documentedTargets, streamTargets, type Target } from "./target";

const MAX_TIMEOUT_SECONDS = 180;

/**
 * Tries the endpoints, prints what was found, and returns the exit code.
 *
 * @param host undefined: AWS says where the streams deliver to
 * @throws UnusableInput when an option, the host or the environment is invalid
 * @throws CannotTell when AWS does not answer, or the command is interrupted
 */
export async function probe(
  host: string | undefined,
  options: ProbeOptions,
  { abortSignal = interruption(), authorities }: ProbeOverrides = {},
): Promise<number> {
  const milliseconds = wholeNumber("--timeout", options.timeout, 1, MAX_TIMEOUT_SECONDS) * 1000;
  const given = keyOfEnvironment();
  const { targets, checks } =
    host === undefined ? await streamTargets(options, abortSignal) : documentedTargets(host, options);
  if (options.dryRun === true) {
    const planned = targets.map((target) => {
      return { target, request: requestOf(target, given ?? maskOfSecret(target.secretArn), options) };
    });
    process.stdout.write(dryRun(planned, checks, options.format));
    return exitCodeOf(checks);
  }
  const deliveries = await Promise.all(
    targets.map(async (target): Promise<Delivery> => {
      const key = given ?? (await keyOfStream(target.secretArn, options, abortSignal));
      return { target, key, request: (sent) => requestOf(target, sent, options) };
    }),
  );
  const found = [...checks, ...(await deliver(deliveries, { milliseconds, authorities, abortSignal }))];
  const secrets = deliveries.flatMap(({ key: { value = "" } }) => [value]);
  const shown = found.map((check) => ({
    ...check,
    subject: masked(check.subject, secrets),
    found: masked(check.found, secrets),
    remedy: masked(check.remedy, secrets),
  }));
  printChecks(shown, options.format);
  return exitCodeOf(found);
}

/** Without `--send` the request carries no record. */
function requestOf(target: Target, key: AccessKey, { send }: ProbeOptions): FirehoseRequest {
  const now = Date.now();
  return firehoseRequest(target, key, send === true ? [markedRecord(target, now)] : [], now);
}
