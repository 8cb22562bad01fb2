import { inputLimitations } from "../../../cli/policy/planned-inputs";
import type { Limitation } from "../../../cli/policy/report";
import { asObject } from "../../../iam/json";
import { FLEET_HOST, fleetTarget } from "../../helpers/fleet";
import { deployment, type PlannedChange, planOf } from "../../helpers/plan";

const STREAM = "aws_kinesis_firehose_delivery_stream";
const ADDRESS = `module.kloudfuse.${STREAM}`;
const SOURCE = { file: "plans/a.json", fleet: "fleet.json", howTo: "terraform plan" };
const OTHER = "plans/a.json is older than the inputs of its stack, or the plan of another root: ";

const limitations = (changes: readonly PlannedChange[], inputs: object = {}): Limitation[] =>
  inputLimitations(fleetTarget({ inputs: { ...FLEET_HOST, ...inputs } }), planOf(changes), SOURCE);

const messagesOf = (changes: readonly PlannedChange[], inputs: object = {}): string[] =>
  limitations(changes, inputs).map(({ message }) => message);

/** The default deployment with each stream changed. */
const withStreams = (changed: (change: PlannedChange) => PlannedChange): PlannedChange[] =>
  deployment().map((change) => (change.type === STREAM ? changed(change) : change));

const replaceIn =
  (from: string, to: string) =>
  (change: PlannedChange): PlannedChange => ({
    ...change,
    values: asObject(JSON.parse(JSON.stringify(change.values).replaceAll(from, to))),
  });

const unless = (signal: string, changed: (change: PlannedChange) => PlannedChange) =>
  withStreams((change) => (change.address === `${ADDRESS}.${signal}` ? change : changed(change)));

describe("a plan of the inputs of its stack", () => {
  test.each<[string, () => PlannedChange[], object]>([
    ["the defaults", () => deployment(), {}],
    [
      "defaults that are written out",
      () => deployment(),
      { create_metrics_stream: true, create_logs_stream: true, logs_stream_name: "kloudfuse-logs" },
    ],
    ["the logs stream alone", () => deployment({ signals: ["logs"] }), { create_metrics_stream: false }],
    ["the metrics stream alone", () => deployment({ signals: ["metrics"] }), { create_logs_stream: false }],
    ["another name", () => withStreams(replaceIn('"kloudfuse-logs"', '"acme"')), { logs_stream_name: "acme" }],
    ["a host in upper case", () => deployment(), { kloudfuse_ingester_host: "KFUSE.example.com" }],
  ])("has no limitation: %s", (_, changes, inputs) => {
    expect(limitations(changes(), inputs)).toEqual([]);
  });

  test("may destroy and stop managing other streams", () => {
    const old = { destination: "http_endpoint", name: "kloudfuse-old" };
    const changes = [
      { address: `${STREAM}.old`, values: old, actions: ["delete"] },
      { address: `${STREAM}.forgotten`, values: { ...old, name: "kloudfuse-forgotten" }, actions: ["forget"] },
    ];
    expect(limitations([...deployment(), ...changes])).toEqual([]);
  });

  test("may have no stream at all, which another limitation says", () => {
    expect(limitations([])).toEqual([]);
  });

  test("may have a stream beside it that is not known to deliver to Kloudfuse", () => {
    const values = { destination: "http_endpoint", name: "audit" };
    const audit = { address: `${STREAM}.audit`, values, unknown: ["http_endpoint_configuration"] };
    expect(limitations([...deployment(), audit])).toEqual([]);
  });
});

describe("a plan of other inputs", () => {
  test.each<[string, () => PlannedChange[], object, string]>([
    [
      "a stream less",
      () => deployment({ signals: ["logs"] }),
      {},
      "the plan has the stream kloudfuse-logs, fleet.json has the streams kloudfuse-logs, kloudfuse-metrics.",
    ],
    [
      "a stream more",
      () => deployment(),
      { create_logs_stream: false },
      "the plan has the streams kloudfuse-logs, kloudfuse-metrics, fleet.json has the stream kloudfuse-metrics.",
    ],
    [
      "another stream",
      () => deployment(),
      { logs_stream_name: "acme" },
      "the plan has the streams kloudfuse-logs, kloudfuse-metrics, fleet.json has the streams acme, kloudfuse-metrics.",
    ],
    [
      "no stream any more",
      () => deployment().map((change) => ({ ...change, actions: ["delete"] })),
      {},
      "the plan has no stream, fleet.json has the streams kloudfuse-logs, kloudfuse-metrics.",
    ],
    [
      "names that are swapped",
      () => deployment(),
      { metrics_stream_name: "kloudfuse-logs", logs_stream_name: "kloudfuse-metrics" },
      "the plan has kloudfuse-metrics for metrics, fleet.json has it for logs; " +
        "the plan has kloudfuse-logs for logs, fleet.json has it for metrics.",
    ],
    [
      "another host",
      () => deployment(),
      { kloudfuse_ingester_host: "other.example.com" },
      "the plan has the host kfuse.example.com, fleet.json has other.example.com.",
    ],
    [
      "another host of one stream",
      () => unless("logs", replaceIn("https://kfuse.example.com", "https://user:secret@old.example.com")),
      {},
      "the plan has the host old.example.com, fleet.json has kfuse.example.com.",
    ],
    [
      "a host that is sensitive",
      () =>
        unless("logs", (change) => ({
          ...replaceIn("kfuse.example.com", "old.example.com")(change),
          sensitive: ["http_endpoint_configuration.0.url"],
        })),
      {},
      "the plan has the host (sensitive value), fleet.json has kfuse.example.com.",
    ],
  ])("says so: %s", (_, changes, inputs, differences) => {
    expect(messagesOf(changes(), inputs)).toEqual([`${OTHER}${differences}`]);
  });

  test("does not pass, and says what to do", () => {
    expect(limitations(deployment(), { create_logs_stream: false })).toMatchObject([
      { kind: "otherInputs", remedy: "Run npm run synth, and plan the stack again: terraform plan", isUnusable: true },
    ]);
  });
});

describe("a plan that does not show its inputs", () => {
  const hidden = (...unknown: readonly string[]): PlannedChange[] =>
    unless("logs", (change) => ({ ...change, unknown }));

  test.each<[string, () => PlannedChange[]]>([
    ["name", () => hidden("name")],
    ["host", () => hidden("http_endpoint_configuration.0.url")],
    ["host, in a URL that has none", () => unless("logs", replaceIn("https://kfuse.example.com", ""))],
  ])("does not pass: the %s of a stream", (_, changes) => {
    expect(limitations(changes())).toEqual([
      {
        kind: "unknownInputs",
        message: `plans/a.json does not show the name or host of ${ADDRESS}.metrics: it may be the plan of another root.`,
        remedy: "Run npm run synth, which writes both into the stack, and plan the stack again: terraform plan",
        isUnusable: true,
      },
    ]);
  });

  test("counts as the stream that the file has, where only the host of one with its name is unknown", () => {
    const acme = unless("logs", (change) => ({
      ...change,
      values: { destination: "http_endpoint", name: "acme" },
      address: `${STREAM}.acme`,
      unknown: ["http_endpoint_configuration"],
    }));
    expect(limitations(acme, { metrics_stream_name: "acme" }).map(({ kind }) => kind)).toEqual(["unknownInputs"]);
  });
});
