import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ExpectedStack } from "../../cli/verify/expected-stack";
import { type Fleet, type FleetTarget, readFleet } from "../../fleet";

export const FLEET_HOST = { kloudfuse_ingester_host: "kfuse.example.com" };

/** Reads a fleet from a file that is gone afterwards. */
export function fleetOf(file: unknown): Fleet {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-fleet-"));
  const path = join(folder, "fleet.json");
  try {
    writeFileSync(path, JSON.stringify(file));
    return readFleet(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What is wrong with a file, without the sentence that names it. */
export function problemsOf(file: unknown): string[] {
  try {
    fleetOf(file);
    return [];
  } catch (error) {
    return error instanceof Error ? error.message.split("\n  ").slice(1) : [String(error)];
  }
}

/** What is wrong with the inputs of one account in one region. */
export const inputProblems = (inputs: unknown, others: object = {}): string[] =>
  problemsOf({ accounts: [{ id: "111122223333", regions: ["eu-west-1"], inputs, ...others }] });

/** One account and region of a fleet. */
export const fleetTarget = (fields: Partial<FleetTarget> = {}): FleetTarget => {
  const { account = "111122223333", region = "eu-west-1" } = fields;
  return { stackId: `kloudfuse-firehose-${account}-${region}`, account, region, inputs: FLEET_HOST, ...fields };
};

/** What a fleet file says of a stack that creates nothing besides its streams. */
export const expectedStackWith = (fields: Partial<ExpectedStack> = {}): ExpectedStack => ({
  fleet: "fleet.json",
  host: "kfuse.example.com",
  hasMetricStream: false,
  hasAccountSubscription: false,
  logGroups: [],
  hasAlarms: false,
  ...fields,
});
