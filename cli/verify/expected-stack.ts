import type { FleetTarget } from "../../fleet";
import { asObject } from "../../iam/json";
import { type InputName, variableName } from "../../modules/inputs";

/** What a fleet file says that a stack has, besides the names of its streams. */
export interface ExpectedStack {
  /** Path of the fleet file. */
  readonly fleet: string;
  /** Host that the streams deliver to. */
  readonly host: string;
  /** Whether it creates a metric stream. */
  readonly hasMetricStream: boolean;
  /** Whether it subscribes every log group of the account. */
  readonly hasAccountSubscription: boolean;
  /** Names of the log groups that it subscribes. */
  readonly logGroups: readonly string[];
  /** Whether it creates alarms. */
  readonly hasAlarms: boolean;
}

export function expectedStack({ inputs }: FleetTarget, fleet: string): ExpectedStack {
  const valueOf = (name: InputName): unknown => inputs[variableName(name)];
  const logGroups = Object.values(asObject(valueOf("logGroups")));
  return {
    fleet,
    host: String(valueOf("kloudfuseIngesterHost")),
    hasMetricStream: valueOf("createMetricStream") === true,
    hasAccountSubscription: valueOf("subscribeAccount") === true,
    logGroups: logGroups.filter((name) => typeof name === "string"),
    hasAlarms: valueOf("createAlarms") === true,
  };
}

/** What to do where a stack does not have what the file says. */
export const deployAdvice = ({ fleet }: ExpectedStack, input: InputName): string =>
  `Deploy the stack, or correct ${variableName(input)} in ${fleet}.`;
