import type { Cause } from "./cause";
import { CAUSES, OTHER_CAUSE } from "./causes";

/** The cause of an error, from AWS's error code and message. */
export function diagnose(errorCode: string, message: string): Cause {
  const causes: readonly Cause[] = CAUSES;
  const byCode = causes.find(({ errorCodes }) => errorCodes.some((code) => names(code, errorCode)));
  const status = statusIn(message);
  return (
    byCode ??
    (status === undefined ? undefined : causeOfStatus(status)) ??
    causes.find((cause) => cause.message?.test(message)) ??
    OTHER_CAUSE
  );
}

/** A cause that is known by something else than an error. */
export function causeOf(id: (typeof CAUSES)[number]["id"]): Cause {
  return CAUSES.find((cause) => cause.id === id) ?? OTHER_CAUSE;
}

/** The cause behind the status that an endpoint answers with. */
export function causeOfStatus(status: number): Cause | undefined {
  const causes: readonly Cause[] = CAUSES;
  return causes.find(({ statuses: [first, last] = [1, 0] }) => first <= status && status <= last);
}

const names = (code: string, errorCode: string): boolean =>
  code.endsWith(".") ? errorCode.startsWith(code) : errorCode === code;

/** Firehose puts the status before the answer that it quotes: "…from the endpoint destination. 413: {…}". */
function statusIn(message: string): number | undefined {
  const status = /\bendpoint destination\. (\d{3})\b|^\s*(?:HTTP )?(\d{3})\b/.exec(message);
  return status ? Number(status[1] ?? status[2]) : undefined;
}
