import { gzipSync } from "node:zlib";
import { entryBatches } from "../../../cli/backup/entries";
import { answerOf, AWS_EXAMPLE, AWS_EXAMPLE_DATA, failedLine as line } from "../../fixtures/failed-records";
import { cpuTimeOf } from "../../helpers/cpu-time";
import { readEntries as read, short } from "../../helpers/backup";
import { chunksOf } from "../../helpers/chunks";

/** Text that hardly compresses, so that a cut or damage is far from the end of what decompresses. */
const noise = (index: number): string =>
  Array.from({ length: 40 }, (_, at) => (index * 7919 + at * 104729) % 997).join();

describe("a backup object", () => {
  test("is read record by record when it is plain", async () => {
    expect(short(await read(`${line("one")}\n${line("two")}\n`))).toEqual(["one", "two"]);
  });

  test("is read record by record when it is GZIP, and when it comes byte by byte", async () => {
    expect(short(await read(gzipSync(`${line("one")}\n${line("two")}\n`), 1))).toEqual(["one", "two"]);
  });

  test("of several GZIP members is read to its end", async () => {
    const members = [gzipSync(`${line("one")}\n`), gzipSync(`${line("two")}\n`)];
    expect(short(await read(Buffer.concat(members)))).toEqual(["one", "two"]);
  });

  test("gives every field of a record", async () => {
    expect(await read(line("one"))).toEqual([
      {
        kind: "record",
        index: 0,
        record: {
          attemptsMade: 5,
          arrivalTimestamp: 1594265943615,
          attemptEndingTimestamp: 1594266081318,
          errorCode: "HttpEndpoint.DestinationException",
          errorMessage: answerOf(503, "Service Unavailable"),
          data: Buffer.from("one"),
        },
      },
    ]);
  });

  test("gives the message of AWS's own example whole, though its quotes are not escaped", async () => {
    const [entry] = await read(AWS_EXAMPLE);
    expect(entry).toMatchObject({
      kind: "record",
      record: {
        data: Buffer.from(AWS_EXAMPLE_DATA),
        attemptEndingTimestamp: 1594266081318,
        errorMessage:
          "Received the following response from the endpoint destination. " +
          '{"requestId": "109777ac-8f9b-4082-8e8d-b4f12b5fc17b", "timestamp": 1594266081268, "errorMessage": "Unauthorized"}',
      },
    });
  });

  test("is read when its records are spread over lines, as in AWS's documentation", async () => {
    const spread = AWS_EXAMPLE.replaceAll(',"', ',\n\t"').replace("{", "{\n\t");
    expect(short(await read(`${spread}\n${spread}\n${line("three")}\n`))).toEqual([
      AWS_EXAMPLE_DATA,
      AWS_EXAMPLE_DATA,
      "three",
    ]);
  });

  test("is read when the answer that a message quotes has line breaks of its own", async () => {
    const page = line("one").replace(/503: .*?(?=","attemptEnding)/, "503: <html>\n<body>busy</body>\n</html>");
    const errorMessage = `${answerOf(503, "").split("503")[0] ?? ""}503: <html>\n<body>busy</body>\n</html>`;
    expect(await read(`${page}\n${line("two")}\n`)).toMatchObject([
      { record: { errorMessage } },
      { index: 1, record: { data: Buffer.from("two") } },
    ]);
  });

  test("has no time where the time is none", async () => {
    expect(await read(line("one", { arrivalTimestamp: 1e300, attemptEndingTimestamp: "soon" }))).toMatchObject([
      { record: { arrivalTimestamp: undefined, attemptEndingTimestamp: undefined } },
    ]);
  });

  test("is read when the answer that a message quotes is JSON over several lines", async () => {
    const answer = '[\n  {\n    "error": "busy"\n  }\n]';
    const page = line("one").replace(/503: .*?(?=","attemptEnding)/, `503: ${answer}`);
    expect(short(await read(`${page}\n${line("two")}\n`))).toEqual(["one", "two"]);
  });

  test("gives every record where several stand on one line", async () => {
    expect(short(await read(`${line("one")}${line("two")} ${AWS_EXAMPLE}${AWS_EXAMPLE}\n`))).toEqual([
      "one",
      "two",
      AWS_EXAMPLE_DATA,
      AWS_EXAMPLE_DATA,
    ]);
  });

  test("never takes the data of one record for that of another", async () => {
    const withoutData = AWS_EXAMPLE.replace(/,"rawData":"[^"]*"/, "");
    expect(short(await read(`${withoutData}\n${line("two")}\n`))).toEqual(["corrupt: the record is incomplete", "two"]);
  });

  test("is read in time when an answer has very many lines", async () => {
    const page = line("one").replace(/503: .*?(?=","attemptEnding)/, `503: ${"a { color: red }\n".repeat(50_000)}`);
    const milliseconds = await cpuTimeOf(async () => {
      expect(short(await read(page))).toEqual(["one"]);
    });
    expect(milliseconds).toBeLessThan(2000);
  });

  test("may be padded with zeros behind its GZIP data", async () => {
    const padded = Buffer.concat([gzipSync(`${line("one")}\n`), Buffer.alloc(10_000)]);
    expect(short(await read(padded))).toEqual(["one"]);
    expect(short(await read(padded, 7))).toEqual(["one"]);
  });

  test("with other data behind its GZIP data gives what comes before, and says so", async () => {
    const member = gzipSync(`${line("two")}\n`);
    member[0] = 0;
    const content = Buffer.concat([gzipSync(`${line("one")}\n`), member]);
    const expected = ["one", "corrupt: the rest is corrupt: there is data after the end"];
    expect(short(await read(content))).toEqual(expected);
    expect(short(await read(content, 7))).toEqual(expected);
  });

  test("is nothing when it is empty", async () => {
    expect(await read("")).toEqual([]);
    expect(await read(gzipSync(""))).toEqual([]);
    expect(await read("\n\n")).toEqual([]);
  });

  test("names a corrupt record, and reads on behind it", async () => {
    const cut = line("two").slice(0, 150);
    expect(short(await read(`${line("one")}\n${cut}\n${line("three")}\n`))).toEqual([
      "one",
      "corrupt: the record is incomplete",
      "three",
    ]);
  });

  test.each([
    ["text that is no record", "<html>not found</html>"],
    ["JSON that is no record", '{"message": "hello"}'],
  ])("names %s, and reads on behind it", async (_, text) => {
    expect(short(await read(`${text}\n${line("two")}\n`))).toEqual(["corrupt: this is not a failed record", "two"]);
  });

  test.each([
    ["no data", { rawData: undefined }],
    ["data that is not Base64", { rawData: "§§§§" }],
    ["data that was cut", { rawData: "c2FtcGxl1" }],
  ])("names a record with %s, and never makes up the rest", async (_, fields) => {
    expect(short(await read(`${line("one", fields)}\n${line("two")}\n`))).toEqual([
      "corrupt: the record is incomplete",
      "two",
    ]);
  });

  test("gives every record before the place where GZIP was cut, wherever that is, and says that it was cut", async () => {
    const lines = Array.from({ length: 300 }, (_, index) => line(`${index} ${noise(index)}`));
    const whole = gzipSync(`${lines.join("\n")}\n`);
    for (let cut = 1000; cut < whole.length; cut += 1511) {
      const list = await read(whole.subarray(0, cut), 4096);
      const last = list.at(-1);
      expect(last).toEqual({
        kind: "corrupt",
        index: list.length - 1,
        reason: "the rest is corrupt: unexpected end of file",
      });
      const records = list.filter((entry) => entry.kind === "record");
      records.forEach(({ record }, index) => {
        expect(record.data.toString()).toBe(`${index} ${noise(index)}`);
      });
      // All but the record that was cut itself, and what the compression had not yet let out.
      expect(records.length).toBeGreaterThan(Math.floor((lines.length * cut) / whole.length) - 30);
    }
  });

  test("that was cut within a record names that once", async () => {
    const whole = gzipSync(`${line("one")}\n${line("two")}\n`, { level: 0 });
    expect(short(await read(whole.subarray(0, -60)))).toEqual([
      "one",
      "corrupt: the rest is corrupt: unexpected end of file",
    ]);
  });

  test("whose GZIP data is damaged gives nearly all that comes before, and says so", async () => {
    const whole = gzipSync(Array.from({ length: 500 }, (_, index) => line(`${index} ${noise(index)}`)).join("\n"));
    const at = Math.floor(whole.length * 0.9);
    whole.fill(0xff, at, at + 64);
    const list = await read(whole);
    expect(list.filter(({ kind }) => kind === "record").length).toBeGreaterThan(400);
    expect(short(list).at(-1)).toMatch(/^corrupt: the rest is corrupt: /);
  });

  test("keeps memory bounded when a line never ends", async () => {
    const list = await read(gzipSync(`{"attemptsMade":${"1".repeat(40 * 1024 * 1024)}\n${line("two")}\n`));
    expect(short(list)).toEqual(["corrupt: the record is incomplete", "two"]);
  });

  test("gives every record where very many stand on one line", async () => {
    const list = await read('{"rawData":"eA=="}'.repeat(200_000));
    expect(list).toHaveLength(200_000);
    expect(short(list.slice(-1))).toEqual(["x"]);
  });

  test.each([
    ["lines", () => gzipSync("x\n".repeat(5001))],
    ["records on one line", () => Buffer.from('{"attemptsMade":1}'.repeat(5001))],
  ])("gives at most 1,000 entries at once, so that memory stays bounded: %s", async (_, contentOf) => {
    const content = contentOf();
    const [lengths, indexes] = [new Array<number>(), new Array<number>()];
    for await (const batch of entryBatches(chunksOf(content, content.length))) {
      lengths.push(batch.length);
      indexes.push(...batch.map(({ index }) => index));
    }
    expect(lengths).toEqual([1000, 1000, 1000, 1000, 1000, 1]);
    expect(indexes).toEqual(Array.from({ length: 5001 }, (__, index) => index));
  });

  test("does not take a fault of the network for damage of the object", async () => {
    async function* failing(): AsyncGenerator<Buffer> {
      yield await Promise.resolve(Buffer.from(`${line("one")}\n`));
      throw new Error("read ECONNRESET");
    }
    const reading = async (): Promise<void> => {
      for await (const batch of entryBatches(failing())) {
        expect(batch.map(({ kind }) => kind)).toEqual(["record"]);
      }
    };
    await expect(reading()).rejects.toThrow("read ECONNRESET");
  });
});
