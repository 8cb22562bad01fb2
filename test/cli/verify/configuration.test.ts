import type { DeliveryStream, HttpDestination } from "../../../cli/aws/delivery-stream";
import { configurationOutcomes } from "../../../cli/verify/configuration";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";
import { expectedStackWith } from "../../helpers/fleet";
import { outcomeLine } from "../../helpers/outcomes";

const STREAM = streamWith();

/** What is not as documented, a line each. */
const faults = (stream: Partial<DeliveryStream>, others: readonly DeliveryStream[] = []): string[] =>
  configurationOutcomes(streamWith(stream), others)
    .filter(({ verdict }) => verdict !== "ok")
    .map(outcomeLine);
const faultsOf = (destination: Partial<HttpDestination>): string[] =>
  faults({ destination: destinationWith(destination) });
const faultsOfBackup = (backup: Partial<HttpDestination["backup"]>): string[] =>
  faultsOf({ backup: backupWith(backup) });

describe("the configuration of a stream", () => {
  test("is as documented when every field is", () => {
    expect(faults({})).toEqual([]);
  });

  test("is compared with the host of a fleet file", () => {
    const expected = expectedStackWith({ host: "other.example.com" });
    const problems = configurationOutcomes(STREAM, [], expected).filter(({ verdict }) => verdict === "problem");
    expect(problems.map(({ name }) => name)).toEqual(["endpoint host"]);
  });

  test("never shows the values of common attributes, which may be secret", () => {
    expect(JSON.stringify(configurationOutcomes(STREAM, []))).not.toContain("s3cr3t");
    expect(JSON.stringify(configurationOutcomes(STREAM, []))).toContain("environment");
  });

  test.each<[Partial<HttpDestination>, string]>([
    [{ url: "http://kfuse.example.com/ingester/kinesis/logs" }, "problem endpoint scheme: http"],
    [{ url: "https://kfuse.example.com:8443/ingester/kinesis/logs" }, "problem endpoint host: kfuse.example.com:8443"],
    [
      { url: "https://kfuse.example.com/ingester/kinesis/metrics" },
      "problem endpoint path: /ingester/kinesis/metrics, documented /ingester/kinesis/logs",
    ],
    [{ url: "<placeholder>" }, "problem endpoint URL: is not a URL"],
    [
      { url: "https://kfuse.example.com/ingester/kinesis/logs?key=s3cr3t" },
      "note endpoint URL: has a query or credentials, not shown here",
    ],
    [{ name: "other" }, "note endpoint name: other, documented kloudfuse-logs"],
    [{ contentEncoding: "NONE" }, "problem content encoding: NONE, documented GZIP"],
    [{ bufferingSizeMb: 5 }, "note buffering size: 5 MiB, documented 4 MiB"],
    [{ bufferingIntervalSeconds: 15 }, "note buffering interval: 15 s, documented 60 s"],
    [{ retryDurationSeconds: 0 }, "problem retry duration: 0 s, documented 300 s"],
    [{ retryDurationSeconds: 1 }, "note retry duration: 1 s, documented 300 s"],
    [{ secretArn: undefined }, "note access key: no secret is configured; AWS does not show whether a key is set"],
    [{ errorLog: undefined }, "problem error log of delivery: off"],
    [{ processors: ["Lambda"] }, "note processing: Lambda transformation; documented none"],
  ])("differs in one field: %j", (destination, fault) => {
    expect(faultsOf(destination)).toEqual([fault]);
  });

  test.each<[Partial<HttpDestination["backup"]>, string]>([
    [{ mode: "AllData" }, "note backup mode: AllData, documented FailedDataOnly"],
    [{ mode: "" }, "problem backup mode: none, documented FailedDataOnly"],
    [{ prefix: "failed/" }, "note backup prefix: failed/, documented kloudfuse-logs-failures/"],
    [{ compressionFormat: "UNCOMPRESSED" }, "note backup compression: UNCOMPRESSED, documented GZIP"],
    [{ errorLog: undefined }, "note error log of backup: off"],
  ])("differs in one field of the backup: %j", (backup, fault) => {
    expect(faultsOfBackup(backup)).toEqual([fault]);
  });

  test.each(["eu-west-1/kloudfuse-logs-failures/", "team/eu/kloudfuse-logs-failures/"])(
    "has the documented backup prefix after one of the deployment: %s",
    (prefix) => {
      expect(faultsOfBackup({ prefix })).toEqual([]);
    },
  );

  test.each(["eu-kloudfuse-logs-failures/", "eu/kloudfuse-metrics-failures/", "kloudfuse-logs-failures/eu/"])(
    "has a backup prefix that only resembles the documented one: %s",
    (prefix) => {
      expect(faultsOfBackup({ prefix })).toEqual([
        `note backup prefix: ${prefix}, documented kloudfuse-logs-failures/`,
      ]);
    },
  );

  test("shares its backup prefix with another stream", () => {
    expect(faults({}, [STREAM, { ...STREAM, name: "other" }])).toEqual([
      "note backup prefix: kloudfuse-logs-failures/, the same as that of other",
    ]);
  });

  test.each<[Partial<DeliveryStream>, string[]]>([
    [{ type: "KinesisStreamAsSource" }, ["problem type: KinesisStreamAsSource; documented DirectPut"]],
    [{ encryption: "DISABLED" }, ["note encryption: DISABLED, ENABLED in this project"]],
    [
      { encryption: "ENABLING_FAILED", failure: "KMS_ACCESS_DENIED: no" },
      ["problem encryption: ENABLING_FAILED: KMS_ACCESS_DENIED: no"],
    ],
    [{ destination: undefined }, ["problem destination: no HTTP endpoint"]],
  ])("differs in the stream itself: %#", (stream, expected) => {
    expect(faults(stream)).toEqual(expected);
  });
});
