import { findKloudfuse, type Kloudfuse, type Mark } from "../../../policies/kloudfuse";
import { deployment, type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";
import { type StreamMarks, streamValues } from "./stream-values";

const STREAM = "aws_kinesis_firehose_delivery_stream";
const OTHER_URL = "https://aws-kinesis-http-intake.example.com/v1/input";

const stream = (
  { url = OTHER_URL, name = "x", ...marks }: StreamMarks = {},
  more: Partial<PlannedChange> = {},
): PlannedChange => ({
  address: `${STREAM}.s`,
  values: streamValues({ url, name, ...marks }),
  ...more,
});

const UNKNOWN_URL = "http_endpoint_configuration.0.url";

const find = (changes: readonly PlannedChange[], parts: PlanParts = {}): Kloudfuse =>
  findKloudfuse(planOf(changes, parts));

const recognized = (change: PlannedChange, ...more: readonly PlannedChange[]): string => {
  const { streams, possibleStreams } = find([change, ...more]);
  return streams.length > 0 ? "certain" : possibleStreams.length > 0 ? "possible" : "no";
};

describe("a delivery stream", () => {
  test.each<[string, StreamMarks]>([
    ["the documented path", { url: "https://h/ingester/kinesis/metrics" }],
    ["the path in another case", { url: "https://h/Ingester/Kinesis/Metrics" }],
    ["a typo in the first part of the path", { url: "https://h/ingestor/kinesis/metrics" }],
    ["a path without its first part", { url: "https://h/kinesis/logs" }],
    ["a host of Kloudfuse", { url: "https://acme.kloudfuse.io/" }],
    ["its endpoint's name", { endpointName: "Kloudfuse-Metrics" }],
    ["its prefix", { prefix: "team/KLOUDFUSE-logs-failures/" }],
    ["its name", { name: "prod-Kloudfuse-logs" }],
    ["a typo in its name", { name: "klodfuse-logs" }],
    ["a typo in its prefix", { prefix: "kloudfuze-logs-failures/" }],
    ["a typo in all of its path", { url: "https://h/ingestr/kinesis/log" }],
  ])("is to Kloudfuse by %s", (_, settings) => {
    expect(recognized(stream(settings))).toBe("certain");
  });

  test("is not to Kloudfuse without a mark, whatever its address", () => {
    expect(recognized(stream({}, { address: `module.kloudfuse.${STREAM}.s` }))).toBe("no");
  });

  test.each([
    "https://dyn.example.com/api/v2/logs/ingest/aws_firehose",
    "https://api.example.com/1/kinesis_events/x",
    "https://h/receiver/v1/kinesis/logs/TOKEN",
  ])("is not to Kloudfuse at %s", (url) => {
    expect(recognized(stream({ url }))).toBe("no");
  });

  test("is not to Kloudfuse with another destination, whatever its name", () => {
    expect(recognized(stream({ name: "kloudfuse-archive", destination: "extended_s3" }))).toBe("no");
  });

  test("is possibly to Kloudfuse where its URL is not known", () => {
    expect(recognized(stream({}, { unknown: [UNKNOWN_URL] }))).toBe("possible");
  });

  test("is to Kloudfuse where its URL is not known, and its address says so", () => {
    expect(recognized(stream({}, { unknown: [UNKNOWN_URL], address: `module.kloudfuse.${STREAM}.s` }))).toBe("certain");
  });

  test("is to Kloudfuse where its URL is not known, and its role's name says so", () => {
    const path = "http_endpoint_configuration.0.role_arn";
    const change = stream({}, { unknown: [UNKNOWN_URL, path], references: { [path]: ["aws_iam_role.x.arn"] } });
    const role: PlannedChange = {
      address: "aws_iam_role.x",
      values: { name: "KloudfuseFirehoseRole" },
      unknown: ["arn"],
    };
    expect(recognized(change, role)).toBe("certain");
    expect(recognized(change, { ...role, values: { name: "other" } })).toBe("possible");
  });

  test("is to Kloudfuse where its URL is not known, and a stream to Kloudfuse has the same bucket", () => {
    const path = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";
    const references = { [path]: ["aws_s3_bucket.b.arn"] };
    const { streams } = find([
      { address: "aws_s3_bucket.b", values: {}, unknown: ["arn", "bucket", "id"] },
      stream({}, { unknown: [UNKNOWN_URL, path], references }),
      stream({ name: "kloudfuse-logs" }, { unknown: [path], references, address: `${STREAM}.t` }),
    ]);
    expect(streams.map(({ resource }) => resource.label)).toEqual(["s", "t"]);
  });
});

describe("the marks of a stream", () => {
  const marksOf = (settings: StreamMarks): unknown => {
    const marks: Readonly<Record<string, Mark>> = { ...find([stream(settings)]).streams[0]?.marks };
    return Object.entries(marks).map(([name, mark]): unknown[] => [
      name,
      mark.isKloudfuse,
      mark.isDocumented,
      mark.signal,
    ]);
  };

  test("show a typo in one of them", () => {
    const settings = {
      url: "https://h/ingestor/kinesis/metrics",
      prefix: "kloudfsue-metrics-failures/",
      name: "Kloudfuse-metrics",
    };
    expect(marksOf({ ...settings, endpointName: "kloudfuse-metrics" })).toEqual([
      ["url", true, false, "metrics"],
      ["endpointName", true, true, "metrics"],
      ["prefix", true, false, "metrics"],
      ["name", true, false, "metrics"],
    ]);
  });

  test("are all as documented in the module's streams", () => {
    expect(
      find(deployment()).streams.flatMap(({ marks }) =>
        [marks.url, marks.endpointName, marks.prefix, marks.name].filter(({ isDocumented }: Mark) => !isDocumented),
      ),
    ).toEqual([]);
  });
});

describe("the signal of a stream", () => {
  const signal = (settings: StreamMarks, address = `${STREAM}.s`): string | undefined =>
    find([stream(settings, { address })]).streams[0]?.signal?.streamName;

  test.each<[string | undefined, StreamMarks, string]>([
    ["kloudfuse-metrics", { url: "https://h/ingester/kinesis/METRICS" }, "s"],
    ["kloudfuse-logs", { url: "https://h/ingester/kinesis/other", name: "kloudfuse-x" }, 'this["logs"]'],
    ["kloudfuse-logs", { url: "https://h/ingester/kinesis/metrics", name: "kloudfuse-logs" }, "logs"],
    [undefined, { url: "https://h/ingester/kinesis/metrics", name: "kloudfuse-logs" }, "s"],
    [undefined, { name: "kloudfuse-metrics-and-logs" }, "s"],
  ])("is %s of %j at %s", (expected, settings, label) => {
    expect(signal(settings, `${STREAM}.${label}`)).toBe(expected);
  });
});

describe("what belongs to Kloudfuse", () => {
  test("is counted", () => {
    expect(find(deployment()).counts).toEqual({ streams: 2, possibleStreams: 0, roles: 1, buckets: 1 });
  });

  test("includes each delivery path's own role", () => {
    const paths = ["role_arn", "s3_configuration.0.role_arn", "secrets_manager_configuration.0.role_arn"].map(
      (path) => `http_endpoint_configuration.0.${path}`,
    );
    const { streams, roles } = find([
      ...["a", "b", "c"].map((name) => ({ address: `aws_iam_role.${name}`, values: {}, unknown: ["arn", "name"] })),
      stream(
        { name: "kloudfuse-logs" },
        {
          unknown: paths,
          references: Object.fromEntries(
            paths.map((path, index) => [path, [`aws_iam_role.${["a", "b", "c"][index] ?? ""}.arn`]]),
          ),
        },
      ),
    ]);
    expect(roles.map(({ label }) => label)).toEqual(["a", "b", "c"]);
    expect(
      streams.map(({ role, backupRole, secretRole }) => [role, backupRole, secretRole].map(({ via }) => via)),
    ).toEqual([["reference", "reference", "reference"]]);
  });

  test("has no secret where the provider leaves the block that is not in the configuration unknown", () => {
    const unknown = ["http_endpoint_configuration.0.secrets_manager_configuration"];
    const [found] = find([stream({ name: "kloudfuse-logs" }, { unknown })]).streams;
    expect([found?.secret.kind, found?.secretRole.kind]).toEqual(["absent", "absent"]);
  });

  test("includes the destroyed role that a stream names no longer", () => {
    const arn = "arn:aws:iam::123456789012:role/old";
    const values = { ...stream({ name: "kloudfuse-logs" }).values };
    const { deleted, roles } = find([
      { address: "aws_iam_role.old", values: { name: "old", arn }, actions: ["delete"] },
      { address: "aws_iam_role.new", values: { name: "new" }, unknown: ["arn"] },
      {
        address: `${STREAM}.s`,
        values,
        before: { ...values, http_endpoint_configuration: [{ role_arn: arn }] },
        actions: ["update"],
        unknown: ["http_endpoint_configuration.0.role_arn"],
        references: { "http_endpoint_configuration.0.role_arn": ["aws_iam_role.new.arn"] },
      },
    ]);
    expect(deleted.map(({ address }) => address)).toEqual(["aws_iam_role.old"]);
    expect(roles.map(({ address }) => address)).toEqual(["aws_iam_role.new"]);
  });

  test("includes the role and bucket of a destroyed stream", () => {
    const plan = deployment().map((change) => ({ ...change, actions: ["delete"] }));
    const { deleted, streams, limitations } = find(plan);
    expect(streams).toEqual([]);
    expect(limitations).toEqual([]);
    expect(deleted.map(({ type }) => type)).toEqual([STREAM, STREAM, "aws_iam_role", "aws_s3_bucket"]);
  });

  test("leaves out the destroyed role of another stream", () => {
    const other: PlannedChange = {
      address: "aws_iam_role.other",
      values: { name: "other", arn: "arn:aws:iam::123456789012:role/other" },
      actions: ["delete"],
    };
    expect(find([...deployment(), other]).deleted).toEqual([]);
  });

  test("is said to be nothing where there is no stream", () => {
    expect(find([]).limitations.map(({ kind, isUnusable }) => [kind, isUnusable])).toEqual([["noStream", true]]);
  });

  test("is said to be possibly more where a URL is not known", () => {
    const { limitations } = find([...deployment(), stream({}, { unknown: [UNKNOWN_URL] })]);
    expect(limitations).toEqual([
      {
        kind: "possibleStream",
        message: `The URL of ${STREAM}.s is not known before the apply: possibly Kloudfuse, not evaluated.`,
        remedy: "Evaluate the plan again after the apply.",
        isUnusable: false,
      },
    ]);
  });
});

describe("a stream whose URL is not known", () => {
  const ROLE_PATH = "http_endpoint_configuration.0.role_arn";
  const BUCKET_PATH = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";
  const certain = stream(
    { name: "kloudfuse-logs" },
    {
      address: `${STREAM}.certain`,
      unknown: [ROLE_PATH, BUCKET_PATH],
      references: { [ROLE_PATH]: ["aws_iam_role.r.arn"], [BUCKET_PATH]: ["aws_s3_bucket.b.arn"] },
    },
  );
  const shared: readonly PlannedChange[] = [
    { address: "aws_iam_role.r", values: {}, unknown: ["arn", "name", "id"] },
    { address: "aws_s3_bucket.b", values: {}, unknown: ["arn", "bucket", "id"] },
    certain,
  ];
  const addressesIn = (...changes: readonly PlannedChange[]): readonly (readonly string[])[] => {
    const { streams, possibleStreams } = find([...shared, ...changes]);
    return [streams, possibleStreams].map((list) => list.map(({ resource }) => resource.label));
  };

  test("is to Kloudfuse where one to Kloudfuse has the same role", () => {
    const other = stream(
      {},
      { unknown: [UNKNOWN_URL, ROLE_PATH], references: { [ROLE_PATH]: ["aws_iam_role.r.arn"] } },
    );
    expect(addressesIn(other)).toEqual([["certain", "s"], []]);
  });

  test("is possibly to Kloudfuse where neither has a role or bucket in the plan", () => {
    const other = stream({}, { unknown: [UNKNOWN_URL] });
    const { streams, possibleStreams } = find([stream({ name: "kloudfuse" }, { address: `${STREAM}.certain` }), other]);
    expect([streams, possibleStreams].map((list) => list.map(({ resource }) => resource.label))).toEqual([
      ["certain"],
      ["s"],
    ]);
  });

  test("is counted as possible", () => {
    expect(find([...shared, stream({}, { unknown: [UNKNOWN_URL] })]).counts).toEqual({
      streams: 1,
      possibleStreams: 1,
      roles: 1,
      buckets: 1,
    });
  });

  test("is not to Kloudfuse by a shared role where its URL is known", () => {
    const other = stream({}, unknownAt(ROLE_PATH, "aws_iam_role.r.arn"));
    expect(addressesIn(other)).toEqual([["certain"], []]);
  });
});

describe("what the plan destroys of Kloudfuse", () => {
  const ARN = "arn:aws:iam::123456789012:role/old";
  const BUCKET_ARN = "arn:aws:s3:::old";
  const kloudfuseStream = (http: PlannedChange["values"], before?: PlannedChange["values"]): PlannedChange => ({
    address: `${STREAM}.s`,
    values: { name: "kloudfuse-logs", destination: "http_endpoint", http_endpoint_configuration: [http] },
    ...(before === undefined
      ? {}
      : { actions: ["update"], before: { name: "kloudfuse-logs", http_endpoint_configuration: [before] } }),
  });
  const role: PlannedChange = { address: "aws_iam_role.old", values: { name: "old", arn: ARN }, actions: ["delete"] };
  const bucket: PlannedChange = {
    address: "aws_s3_bucket.old",
    values: { bucket: "old", arn: BUCKET_ARN },
    actions: ["delete"],
  };
  const deletedIn = (...changes: readonly PlannedChange[]): readonly string[] =>
    find(changes).deleted.map(({ address }) => address);

  test.each<[string, PlannedChange["values"]]>([
    ["the HTTP delivery", { role_arn: ARN }],
    ["the S3 backup", { s3_configuration: [{ role_arn: ARN }] }],
    ["the secret", { secrets_manager_configuration: [{ role_arn: ARN }] }],
  ])("includes the role that %s names, now or before", (_, http) => {
    expect(deletedIn(role, kloudfuseStream(http))).toEqual([role.address]);
    expect(deletedIn(role, kloudfuseStream({}, http))).toEqual([role.address]);
  });

  test("includes the bucket that the stream names, now or before", () => {
    const http = { s3_configuration: [{ bucket_arn: BUCKET_ARN }] };
    expect(deletedIn(bucket, kloudfuseStream(http))).toEqual([bucket.address]);
    expect(deletedIn(bucket, kloudfuseStream({}, http))).toEqual([bucket.address]);
  });

  test("includes a stream, a role and a bucket that are replaced, each once", () => {
    const replaced = { actions: ["delete", "create"] };
    const http = { role_arn: ARN, s3_configuration: [{ role_arn: ARN, bucket_arn: BUCKET_ARN }] };
    expect(
      deletedIn({ ...role, ...replaced }, { ...bucket, ...replaced }, { ...kloudfuseStream(http), ...replaced }),
    ).toEqual([`${STREAM}.s`, role.address, bucket.address]);
  });

  test("does not include what an empty text names", () => {
    const nameless = { ...role, values: { name: "", arn: "" } };
    expect(deletedIn(nameless, kloudfuseStream({ role_arn: "" }))).toEqual([]);
  });

  test("does not include a destroyed stream of another destination", () => {
    const other = { ...kloudfuseStream({}), actions: ["delete"] };
    expect(deletedIn({ ...other, values: { name: "kloudfuse", destination: "extended_s3" } })).toEqual([]);
  });

  test("is found by type", () => {
    expect(
      find([role, bucket])
        .deletedOfType("aws_iam_role")
        .map(({ address }) => address),
    ).toEqual([role.address]);
  });
});

describe("the limitations of what was found", () => {
  test("say what to do where there is no stream", () => {
    expect(find([]).limitations).toEqual([
      {
        kind: "noStream",
        message: "The plan has no delivery stream to Kloudfuse: nothing was evaluated.",
        remedy: "Evaluate the plan of the root module that creates the streams.",
        isUnusable: true,
      },
    ]);
  });

  test("are none where streams were found", () => {
    expect(find(deployment()).limitations).toEqual([]);
  });

  test("follow those of the plan itself", () => {
    expect(find(deployment(), { errored: true }).limitations.map(({ kind }) => kind)).toEqual(["errored"]);
    expect(find([], { errored: true }).limitations.map(({ kind }) => kind)).toEqual(["errored", "noStream"]);
  });
});

describe("the resources that are related to another", () => {
  test("are those that name it", () => {
    const kloudfuse = find([...deployment(), { address: "aws_iam_role_policy.other", values: { role: "other" } }]);
    const [role] = kloudfuse.roles;
    expect(role && kloudfuse.related("aws_iam_role_policy", "role", role).certain.map(({ label }) => label)).toEqual([
      "delivery_put_records",
      "delivery_deliver",
    ]);
  });
});
