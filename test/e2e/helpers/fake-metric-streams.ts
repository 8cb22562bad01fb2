import { answer, parametersOf } from "./aws-protocols";
import { type AwsAnswer, type AwsCall, errorAnswer, type FaultProxy } from "./fault-proxy";
import type { Json } from "./json";

/** A metric stream as CloudWatch keeps it. */
interface FakeMetricStream {
  readonly configuration: object;
  readonly arn: string;
  readonly state: "running" | "stopped";
  readonly created: Date;
  readonly tags: ReadonlyMap<string, string>;
}

const PUT = "PutMetricStream";
const ACTIONS = [
  PUT,
  "GetMetricStream",
  "ListMetricStreams",
  "DeleteMetricStream",
  "StartMetricStreams",
  "StopMetricStreams",
  "ListTagsForResource",
  "TagResource",
  "UntagResource",
] as const;

/** The metric streams that the emulator lacks, in front of it: in the query protocol and in JSON 1.0. */
export class FakeMetricStreams {
  readonly #streams = new Map<string, FakeMetricStream>();
  readonly #faults: { readonly code: string; readonly message: string }[] = [];
  /** How often each action was called before a stream was put for the first time. */
  public callsBeforePut: Readonly<Record<string, number>> = {};

  public constructor(private readonly proxy: FaultProxy) {
    this.register();
  }

  /** Answers from now on, also after another handler did. */
  public register(): void {
    for (const action of ACTIONS) {
      // Other services have the actions for tags too.
      this.proxy.on(action, async (call, emulator) =>
        isTagging(call) && !call.body.includes("metric-stream") ? await emulator(call) : this.answer(call),
      );
    }
  }

  /** Refuses the next PutMetricStream. */
  public refuseNextPut(code: string, message: string): void {
    this.#faults.push({ code, message });
  }

  public get names(): string[] {
    return [...this.#streams.keys()].sort();
  }

  /** What PutMetricStream was called with the last time. */
  public configurationOf(name: string): unknown {
    return this.#streams.get(name)?.configuration;
  }

  /** Removes the filters of a stream behind Terraform's back. */
  public removeFilters(name: string): void {
    const {
      IncludeFilters: _include,
      ExcludeFilters: _exclude,
      ...configuration
    } = {
      IncludeFilters: undefined,
      ExcludeFilters: undefined,
      ...this.#streams.get(name)?.configuration,
    };
    this.change(name, { configuration });
  }

  public stateOf(name: string): string | undefined {
    return this.#streams.get(name)?.state;
  }

  public tagsOf(name: string): Record<string, string> {
    return Object.fromEntries(this.#streams.get(name)?.tags ?? []);
  }

  private answer(call: AwsCall): AwsAnswer {
    const parameters = parametersOf(call);
    switch (call.action) {
      case PUT:
        return this.put(call, parameters);
      case "GetMetricStream":
        return this.get(call, parameters.at("Name").text);
      case "ListMetricStreams":
        return this.list(call);
      case "DeleteMetricStream":
        this.#streams.delete(parameters.at("Name").text);
        return answer(call, {});
      case "StartMetricStreams":
      case "StopMetricStreams":
        for (const { text } of parameters.at("Names").list) {
          this.change(text, { state: call.action === "StartMetricStreams" ? "running" : "stopped" });
        }
        return answer(call, {});
      default:
        return this.tag(call, parameters);
    }
  }

  private put(call: AwsCall, parameters: Json): AwsAnswer {
    const fault = this.#faults.shift();
    if (fault !== undefined) {
      return errorAnswer(call, 400, fault.code, fault.message);
    }
    if (parameters.has("IncludeFilters") && parameters.has("ExcludeFilters")) {
      return errorAnswer(call, 400, "InvalidParameterCombination", "Only one kind of filter is allowed.");
    }
    if (this.#streams.size === 0) {
      this.callsBeforePut = this.proxy.calls;
    }
    const name = parameters.at("Name").text;
    const [, partition, , region, account] = parameters.at("FirehoseArn").text.split(":");
    const { Action: _action, Version: _version, Tags: _tags, ...configuration } = recordOf(parameters);
    const existing = this.#streams.get(name);
    const arn = `arn:${String(partition)}:cloudwatch:${String(region)}:${String(account)}:metric-stream/${name}`;
    // An update keeps the state: a stopped stream stays stopped.
    this.#streams.set(name, {
      configuration,
      arn,
      state: existing?.state ?? "running",
      created: existing?.created ?? new Date(),
      tags: existing?.tags ?? tagsIn(parameters),
    });
    return answer(call, { Arn: arn });
  }

  private get(call: AwsCall, name: string): AwsAnswer {
    const stream = this.#streams.get(name);
    if (stream === undefined) {
      return errorAnswer(call, 404, "ResourceNotFoundException", `Metric stream ${name} does not exist.`);
    }
    const { configuration, arn, state, created } = stream;
    return answer(call, { ...configuration, Arn: arn, State: state, CreationDate: created, LastUpdateDate: created });
  }

  private list(call: AwsCall): AwsAnswer {
    const Entries = [...this.#streams].map(([Name, { configuration, arn, state, created }]) => {
      const { FirehoseArn, OutputFormat } = { FirehoseArn: "", OutputFormat: "", ...configuration };
      return {
        Name,
        Arn: arn,
        FirehoseArn,
        OutputFormat,
        State: state,
        CreationDate: created,
        LastUpdateDate: created,
      };
    });
    return answer(call, { Entries });
  }

  private tag(call: AwsCall, parameters: Json): AwsAnswer {
    const arn = parameters.at("ResourceARN").text;
    const [name, stream] = [...this.#streams].find(([, one]) => one.arn === arn) ?? [];
    if (name === undefined || stream === undefined) {
      return errorAnswer(call, 404, "ResourceNotFoundException", `${arn} does not exist.`);
    }
    if (call.action === "TagResource") {
      this.change(name, { tags: new Map([...stream.tags, ...tagsIn(parameters)]) });
    }
    if (call.action === "UntagResource") {
      const keys = parameters.at("TagKeys").list.map(({ text }) => text);
      this.change(name, { tags: new Map([...stream.tags].filter(([key]) => !keys.includes(key))) });
    }
    const Tags = [...stream.tags].map(([Key, Value]) => ({ Key, Value }));
    return answer(call, call.action === "ListTagsForResource" ? { Tags } : {});
  }

  private change(name: string, changes: Partial<FakeMetricStream>): void {
    const stream = this.#streams.get(name);
    if (stream !== undefined) {
      this.#streams.set(name, { ...stream, ...changes });
    }
  }
}

const isTagging = ({ action }: AwsCall): boolean => /Tags|TagResource|UntagResource/.test(action);

const recordOf = ({ value }: Json): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? { ...value } : {};

const tagsIn = (parameters: Json): Map<string, string> =>
  new Map(
    parameters.has("Tags")
      ? parameters.at("Tags").list.map((tag): [string, string] => [tag.at("Key").text, tag.at("Value").text])
      : [],
  );
