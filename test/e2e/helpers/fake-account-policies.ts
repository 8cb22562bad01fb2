import { answer, parametersOf } from "./aws-protocols";
import { type AwsAnswer, type AwsCall, errorAnswer, type FaultProxy } from "./fault-proxy";
import type { Json } from "./json";

const ACTIONS = ["PutAccountPolicy", "DescribeAccountPolicies", "DeleteAccountPolicy"] as const;

/** The one account-level subscription of CloudWatch Logs, which the emulator lacks, in front of it: in JSON 1.1. */
export class FakeAccountPolicies {
  #policy: Readonly<Record<string, unknown>> | undefined;
  readonly #faults: { readonly code: string; readonly message: string }[] = [];
  /** How often each action was called before a policy was put for the first time. */
  public callsBeforePut: Readonly<Record<string, number>> = {};
  /** How often a policy was deleted. */
  public deletions = 0;

  public constructor(private readonly proxy: FaultProxy) {
    this.register();
  }

  /** Answers from now on, also after another handler did. */
  public register(): void {
    for (const action of ACTIONS) {
      this.proxy.on(action, (call) => Promise.resolve(this.answer(call)));
    }
  }

  /** Refuses the next PutAccountPolicy. */
  public refuseNextPut(code: string, message: string): void {
    this.#faults.push({ code, message });
  }

  public get policy(): Readonly<Record<string, unknown>> | undefined {
    return this.#policy;
  }

  private answer(call: AwsCall): AwsAnswer {
    const parameters = parametersOf(call);
    switch (call.action) {
      case "PutAccountPolicy":
        return this.put(call, parameters);
      case "DeleteAccountPolicy":
        this.#policy = undefined;
        this.deletions += 1;
        return answer(call, {});
      default:
        return answer(call, { accountPolicies: this.named(parameters) });
    }
  }

  /** The policy, unless one of another name is asked for. */
  private named(parameters: Json): unknown[] {
    const isOther = parameters.has("policyName") && parameters.at("policyName").text !== this.#policy?.["policyName"];
    return this.#policy === undefined || isOther ? [] : [this.#policy];
  }

  private put(call: AwsCall, parameters: Json): AwsAnswer {
    const fault = this.#faults.shift();
    if (fault !== undefined) {
      return errorAnswer(call, 400, fault.code, fault.message);
    }
    const policyName = parameters.at("policyName").text;
    if (this.#policy !== undefined && this.#policy["policyName"] !== policyName) {
      return errorAnswer(call, 400, "LimitExceededException", "Resource limit exceeded.");
    }
    if (this.#policy === undefined) {
      this.callsBeforePut = this.proxy.calls;
    }
    this.#policy = {
      policyName,
      policyDocument: parameters.at("policyDocument").text,
      policyType: parameters.at("policyType").text,
      scope: "ALL",
      ...(parameters.has("selectionCriteria") ? { selectionCriteria: parameters.at("selectionCriteria").text } : {}),
      accountId: "123456789012",
      lastUpdatedTime: Date.now(),
    };
    return answer(call, { accountPolicy: this.#policy });
  }
}
