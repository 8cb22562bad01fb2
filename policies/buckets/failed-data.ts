import { BACKUP, type Kloudfuse, type PlannedStream } from "../kloudfuse";
import type { Planned } from "../plan";

/** Where a stream writes failed data in its bucket. */
export interface FailedDataPrefix {
  readonly path: string;
  readonly prefix: Planned<string>;
}

export const PREFIX = `${BACKUP}.prefix`;
export const ERROR_OUTPUT_PREFIX = `${BACKUP}.error_output_prefix`;

/** The prefix of failed data: the error output prefix where there is one. */
export function failedDataPrefix({ plan }: Kloudfuse, { resource, prefix }: PlannedStream): FailedDataPrefix {
  const error = plan.isOmitted(resource, ERROR_OUTPUT_PREFIX) ? undefined : resource.text(ERROR_OUTPUT_PREFIX);
  return error === undefined || error === ""
    ? { path: PREFIX, prefix: prefix ?? "" }
    : { path: ERROR_OUTPUT_PREFIX, prefix: error };
}
