import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { asObject, type JsonObject } from "../iam/json";
import { deployment, type PlannedChange, planJson } from "../test/helpers/plan";
import { measure, median, runBench } from "./measure";

const RUNS = 3;
const RESOURCES = [10_000, 100_000] as const;
const MAX_SECONDS = 2;
const MAX_MEGABYTES = 300;
const CLI = "node cli/dist/main.js";

const PER_MODULE = deployment().length;

/** A plan of many modules, each with its own role, bucket and log group. */
function planWith(resources: number, toChange: (change: PlannedChange) => PlannedChange): string {
  const modules = Array.from({ length: Math.ceil(resources / PER_MODULE) }, (_, index) =>
    deployment({ module: `module.k${index}`, bucket: `failures-${index}` }).map((change) =>
      toChange({ ...change, values: ownNames(change.values, index) }),
    ),
  );
  return planJson(modules.flat());
}

const HTTP = "http_endpoint_configuration.0";
const ROLES = [`${HTTP}.role_arn`, `${HTTP}.s3_configuration.0.role_arn`];
const BUCKET = `${HTTP}.s3_configuration.0.bucket_arn`;

/** Changes a resource to its form in a first plan: ARNs are not known, and the configuration refers to their resources. */
function byReference(change: PlannedChange): PlannedChange {
  const type = /(aws_[a-z0-9_]+)\./.exec(change.address)?.[1];
  switch (type) {
    case "aws_iam_role":
    case "aws_s3_bucket":
      return { ...change, unknown: ["arn", "id"] };
    case "aws_iam_role_policy":
      return { ...change, unknown: ["policy"], references: { policy: ["aws_s3_bucket.backup.arn"] } };
    case "aws_kinesis_firehose_delivery_stream": {
      const role = ["aws_iam_role.delivery[0].arn"];
      const references = {
        [BUCKET]: ["aws_s3_bucket.backup[0].arn"],
        ...Object.fromEntries(ROLES.map((path) => [path, role])),
      };
      return { ...change, unknown: [...ROLES, BUCKET], references };
    }
    default:
      return change;
  }
}

const PLANS = { "all known": (change: PlannedChange) => change, "by reference": byReference } as const;

const ownNames = (values: JsonObject, index: number): JsonObject =>
  asObject(
    JSON.parse(
      JSON.stringify(values)
        .replaceAll("KloudfuseFirehoseRole", `KloudfuseFirehoseRole${index}`)
        .replaceAll("/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs", `/aws/kinesisfirehose/k${index}`),
    ),
  );

async function bench(folder: string): Promise<boolean> {
  const file = join(folder, "plan.json");
  let isMet = true;
  for (const [resources, [kind, toChange]] of RESOURCES.flatMap((count) =>
    Object.entries(PLANS).map((entry) => [count, entry] as const),
  )) {
    writeFileSync(file, planWith(resources, toChange));
    const samples = [];
    for (let run = 0; run < RUNS; run += 1) {
      samples.push(await measure(`${CLI} policy ${file}`, folder));
    }
    const seconds = median(samples.map((sample) => sample.seconds));
    const megabytes = median(samples.map((sample) => sample.megabytes));
    const factor = resources / RESOURCES[0];
    // Ten times the resources take at most ten times as long.
    isMet &&= seconds <= MAX_SECONDS * factor && megabytes <= MAX_MEGABYTES * factor;
    console.log(
      `policy, ${resources} resources, ${kind}  ${seconds.toFixed(2)} s (at most ${MAX_SECONDS * factor}), ` +
        `${megabytes.toFixed(0)} MB (at most ${MAX_MEGABYTES * factor})`,
    );
  }
  return isMet;
}

void runBench(bench);
