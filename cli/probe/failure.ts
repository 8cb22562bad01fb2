import { asObject, asString } from "../../iam/json";

/** Code and message of an error of the system, OpenSSL or Node; empty if unknown. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Reads an error by its properties, not by its class: in tests, Node's errors are of other classes. */
export function failureIn(error: unknown): Failure {
  const { code, message } = asObject(error);
  return {
    code: asString(code) ?? "",
    message: asString(message) ?? String(error),
  };
}
