import { deliveryPrefix } from "../../../policies/rules/delivery-prefix";
import { BACKUP, outcomesOf, STREAM } from "../../helpers/rule-plan";

const PREFIX = `${BACKUP}.prefix`;
const ERRORS = `${BACKUP}.error_output_prefix`;
const REMEDY = "Use kloudfuse-logs-failures/, or put the deployment's own prefix and a / in front of it.";
const set = (values: Readonly<Record<string, unknown>>): string[] =>
  outcomesOf(deliveryPrefix, { edits: { [STREAM]: { set: values } } });
const finding = (found: string, remedy: string): string => `finding ${STREAM}.logs: ${found} → ${remedy}`;

describe("the prefix of failed records", () => {
  test.each(["kloudfuse-logs-failures/", "eu-west-1/kloudfuse-logs-failures/", "a/b/kloudfuse-logs-failures/"])(
    "may be %s",
    (prefix) => {
      expect(set({ [PREFIX]: prefix })).toEqual([]);
    },
  );

  test.each(["failed/", "kloudfuse-logs-failures", "eu-kloudfuse-logs-failures/", "kloudfuse-metrics-failures/"])(
    "must not be %s",
    (prefix) => {
      expect(set({ [PREFIX]: prefix })).toEqual([finding(`${PREFIX} is "${prefix}"`, REMEDY)]);
    },
  );

  test("may be unknown", () => {
    expect(outcomesOf(deliveryPrefix, { edits: { [STREAM]: { unknown: [PREFIX] } } })).toEqual([
      `unknown ${STREAM}.logs: ${PREFIX} is not known before the apply → Evaluate the plan again after the apply.`,
    ]);
  });

  test.each(["", "failed/", "x/!{firehose:error-output-type}/!{timestamp:yyyy}/"])(
    "may have the error prefix %j",
    (value) => {
      expect(set({ [ERRORS]: value })).toEqual([]);
    },
  );

  test.each([
    ["x/!{timestamp:yyyy}/", "error_output_prefix has expressions but not !{firehose:error-output-type}"],
    [
      "!{firehose:error-output-type}/!{partitionKeyFromQuery:x}/",
      "error_output_prefix uses the namespace partitionKeyFromQuery",
    ],
  ])("must not have the error prefix %s", (value, found) => {
    expect(set({ [ERRORS]: value })).toEqual([
      finding(found, "Leave error_output_prefix out, or use valid expressions."),
    ]);
  });

  const both = { options: { signals: ["metrics", "logs"] } } as const;
  const metrics = `${STREAM}.metrics`;

  test("must not be another stream's in the same bucket", () => {
    const edits = { [metrics]: { set: { [ERRORS]: "kloudfuse-logs-failures/" } } };
    expect(outcomesOf(deliveryPrefix, { ...both, edits })).toEqual([
      finding(
        `it writes failed data to the same bucket and prefix as module.kloudfuse.${metrics}`,
        "Give each deployment a backup_prefix of its own, or a bucket of its own.",
      ),
    ]);
  });

  test("may be another stream's in another bucket", () => {
    const edits = {
      [metrics]: { set: { [ERRORS]: "kloudfuse-logs-failures/", [`${BACKUP}.bucket_arn`]: "arn:aws:s3:::other" } },
    };
    expect(outcomesOf(deliveryPrefix, { ...both, edits })).toEqual([]);
  });
});
