import { asObject } from "../../iam/json";

/** What is known of an error of the system, of OpenSSL or of Node; empty where it is not known. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Reads an error by what it says, not by its class: Node's own come from elsewhere when a test runs. */
export function failureIn(error: unknown): Failure {
  const { code, message } = asObject(error);
  return {
    code: typeof code === "string" ? code : "",
    message: typeof message === "string" ? message : String(error),
  };
}
