import { type NamedStatement, rulesOf } from "../../cli/verify/rules";
import { document } from "./statements";

/** The statements of a policy as IAM returns it: JSON in URL encoding. */
export const policyRules = (...statements: readonly object[]): NamedStatement[] =>
  rulesOf("Policy", encodeURIComponent(document(...statements)));
