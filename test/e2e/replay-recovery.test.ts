import { mkdtempSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { failedKey } from "../fixtures/failed-records";
import { startCli } from "./helpers/cli";
import { FakeAws } from "./helpers/fake-aws";
import { Json } from "./helpers/json";
import type { EndedCommand, Running } from "./helpers/run";

const LOGS = "kloudfuse-logs";
const RECORDS_PER_REQUEST = 500;

/** A replay that is killed, paused or not alone: every record is counted. */
describe("kloudfuse-firehose replay", () => {
  let fake: FakeAws;
  let state: string;

  beforeEach(async () => {
    fake = await FakeAws.start([{ name: LOGS }]);
    state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-recovery-"));
  });

  afterEach(async () => {
    await fake.stop();
    rmSync(state, { recursive: true, force: true });
  });

  const start = (concurrency: number, machine = "one"): Running =>
    startCli(["replay", "--signal", "logs", "--format", "json", "--concurrency", String(concurrency)], {
      ...fake.environment,
      XDG_STATE_HOME: join(state, machine),
    });

  const stoppedIn = ({ stdout }: EndedCommand): string => Json.parse(stdout).at("streams", 0, "stopped").text;

  const fill = (objects: number, records: number): number => fake.fill(LOGS, objects, records);

  /** As after some seconds, the lock of a process that was killed is not updated any more. */
  const ageLock = (): void => {
    const time = new Date(Date.now() - 60_000);
    utimesSync(join(state, "one/kloudfuse-firehose", `replay-${FakeAws.bucket}.jsonl.lock`), time, time);
  };

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) {
      await wait(5);
    }
  };

  test("loses nothing when it is killed at 20 random points, and repeats only what was in flight", async () => {
    const concurrency = 2;
    const total = fill(120, 400);
    fake.firehose.beforePut = async () => {
      await wait(Math.random() * 20);
      return undefined;
    };
    fake.firehose.beforeResponse = () => wait(Math.random() * 20);
    let repeatedBefore = 0;
    for (let kill = 0; kill < 20; kill++) {
      const first = fake.firehose.putRequests;
      const requests = 1 + Math.floor(Math.random() * 3);
      const running = start(concurrency);
      let isEnded = false;
      const ended = running.ended.finally(() => {
        isEnded = true;
      });
      await until(() => isEnded || fake.firehose.putRequests >= first + requests);
      await wait(Math.random() * 40);
      running.kill("SIGKILL");
      await ended;
      // What it had in flight is accepted by now.
      await wait(60);
      const { repeated } = fake.counts();
      expect(repeated - repeatedBefore).toBeLessThanOrEqual(concurrency * RECORDS_PER_REQUEST);
      repeatedBefore = repeated;
      ageLock();
    }
    expect(fake.counts().accepted).toBeLessThan(total);
    expect((await start(concurrency).ended).exitCode).toBe(0);
    const { accepted, repeated } = fake.counts();
    expect(accepted).toBe(total);
    expect(repeated - repeatedBefore).toBeLessThanOrEqual(concurrency * RECORDS_PER_REQUEST);
    expect(fake.s3.tagsOf(failedKey(LOGS, 119))).toEqual({
      "kloudfuse-firehose-replayed": "accepted=400 skipped=0 corrupt=0",
    });
  });

  test("stops before it sends again when another replay started while it was paused", async () => {
    const concurrency = 2;
    const total = fill(30, 400);
    const paused = start(concurrency);
    await until(() => fake.firehose.putRequests >= 6);
    paused.kill("SIGSTOP");
    await wait(100);
    const requests = fake.firehose.putRequests;
    // Longer than a lock lives, and the second replay waits for it as well.
    await wait(5500);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    fake.firehose.beforePut = async () => {
      await released;
      return undefined;
    };
    const second = start(concurrency);
    await until(() => fake.firehose.putRequests === requests + concurrency);
    paused.kill("SIGCONT");
    const ended = await paused.ended;
    expect(ended.exitCode).toBe(2);
    expect(stoppedIn(ended)).toMatch(
      /^Another process changed the journal .* or its lock, after this one was paused for more than 5 seconds\. This replay has sent nothing since; records that were in flight at that time may be sent twice\.$/,
    );
    // Only the second one has sent since.
    expect(fake.firehose.putRequests).toBe(requests + concurrency);
    await wait(3000);
    release();
    // It keeps its lock, also after the first one ended.
    expect(await second.ended).toMatchObject({ exitCode: 0 });
    const { accepted, repeated } = fake.counts();
    expect(accepted).toBe(total);
    expect(repeated).toBeLessThanOrEqual(concurrency * RECORDS_PER_REQUEST);
  });

  test("continues after a pause when no other replay started", async () => {
    const total = fill(30, 400);
    const paused = start(2);
    await until(() => fake.firehose.putRequests >= 6);
    paused.kill("SIGSTOP");
    await wait(7000);
    paused.kill("SIGCONT");
    expect((await paused.ended).exitCode).toBe(0);
    expect(fake.counts()).toEqual({ accepted: total, repeated: 0 });
  });

  test("stops on one of two machines, repeats only what both had in flight, and loses nothing", async () => {
    const total = fill(200, 100);
    fake.firehose.beforeResponse = () => wait(50);
    const first = start(1, "one");
    await until(() => fake.firehose.putRequests >= 3);
    const second = start(1, "two");
    const ended = await Promise.all([first.ended, second.ended]);
    expect(ended.map(({ exitCode }) => exitCode).sort()).toEqual([0, 2]);
    const stopped = ended.filter(({ exitCode }) => exitCode === 2).map(stoppedIn);
    expect(stopped).toHaveLength(1);
    expect(stopped[0]).toMatch(
      /^Another replay, on another machine or with another --journal, completed .*\.gz at the same time\. Let one of them end, then run the command again\.$/,
    );
    const { accepted, repeated } = fake.counts();
    expect(accepted).toBe(total);
    // In flight and the next request, at either of them.
    expect(repeated).toBeLessThanOrEqual(4 * RECORDS_PER_REQUEST);
    expect((await start(1, "two").ended).exitCode).toBe(0);
    expect(fake.counts()).toEqual({ accepted: total, repeated });
  });
});
