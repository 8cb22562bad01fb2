import type { SignalName } from "../../modules/signals";

/** What to do about failed records in the backup. */
export const recoveryRemedy = (signal: SignalName): string =>
  `Find the cause with kloudfuse-firehose failures --signal ${signal}, fix it, then resend them with kloudfuse-firehose replay --signal ${signal}.`;
