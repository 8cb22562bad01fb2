import { backupPrefixPart } from "../../../cli/adopt/backup-prefix";
import { backupOf, guideStream } from "../../helpers/adoption";

const streamsWith = (metrics: string, logs: string) => [
  guideStream("metrics", { destination: { backup: backupOf("metrics", { prefix: metrics }) } }),
  guideStream("logs", { destination: { backup: backupOf("logs", { prefix: logs }) } }),
];

describe("the prefix in front of the failure prefixes", () => {
  test("is what both streams have", () => {
    expect(backupPrefixPart(streamsWith("eu/kloudfuse-metrics-failures/", "eu/kloudfuse-logs-failures/"))).toEqual({
      inputs: { backupPrefix: "eu/" },
    });
    expect(backupPrefixPart([guideStream("logs")])).toEqual({ inputs: { backupPrefix: "" } });
  });

  test.each([
    ["eu/kloudfuse-metrics-failures/", "us/kloudfuse-logs-failures/"],
    ["failures/", "failures/"],
    ["eu-kloudfuse-metrics-failures/", "eu-kloudfuse-logs-failures/"],
  ])("is that of the module for %s and %s", (metrics, logs) => {
    expect(backupPrefixPart(streamsWith(metrics, logs))).toEqual({});
  });
});
