import { answerOf, AWS_EXAMPLE, AWS_EXAMPLE_DATA, failedLine } from "../../fixtures/failed-records";
import { cpuTimeOf } from "../../helpers/cpu-time";
import { operatorCase, readEntries, seededRandom, short } from "../../helpers/backup";

const FIELDS: Readonly<Record<string, string>> = {
  attemptsMade: "5",
  arrivalTimestamp: "1594265943615",
  errorCode: '"HttpEndpoint.DestinationException"',
  errorMessage: '""',
  attemptEndingTimestamp: "1594266081318",
  rawData: '"b25l"',
  subsequenceNumber: "0",
  dataId: '"49607357361271740811418664280693044274821622880012337186.0"',
};

/** A record with its fields in an order, and a message that is not escaped, as Firehose writes it. */
const record = (order: readonly string[], message: string, separator = ","): string =>
  `{${order.map((name) => `"${name}":${name === "errorMessage" ? `"${message}"` : (FIELDS[name] ?? "")}`).join(separator)}}`;

const ORDER = Object.keys(FIELDS);
const rotated = (by: number): string[] => [...ORDER.slice(by), ...ORDER.slice(0, by)];

describe("a record is read", () => {
  test("with its fields in AWS's order behind a field of a later version, and without most of them", async () => {
    expect(await readEntries(operatorCase("f6-first-field.ndjson"))).toEqual([
      {
        kind: "record",
        index: 0,
        record: {
          attemptsMade: 5,
          arrivalTimestamp: 1764064800000,
          attemptEndingTimestamp: 1764065100000,
          errorCode: "HttpEndpoint.DestinationException",
          errorMessage:
            'The following response was received from the endpoint destination. 503: {"errorMessage":"busy"}',
          data: Buffer.from("x"),
        },
      },
      {
        kind: "record",
        index: 1,
        record: {
          attemptsMade: 0,
          arrivalTimestamp: undefined,
          attemptEndingTimestamp: undefined,
          errorCode: "HttpEndpoint.ConnectionFailed",
          errorMessage: "m",
          data: Buffer.from("x"),
        },
      },
    ]);
  });

  test("with its data first and an answer that is not escaped", async () => {
    expect(await readEntries(operatorCase("f6-rawdata-first-unescaped.ndjson"))).toEqual([
      {
        kind: "record",
        index: 0,
        record: {
          attemptsMade: 5,
          arrivalTimestamp: 1594265943615,
          attemptEndingTimestamp: 1594266081318,
          errorCode: "HttpEndpoint.DestinationException",
          errorMessage:
            'Received the following response from the endpoint destination. {"requestId": "1", "errorMessage": "Unauthorized"}',
          data: Buffer.from("x"),
        },
      },
    ]);
  });

  const ANSWERS = [
    [
      "an object",
      'Response received with status code. 500: {"requestId": "1", "errorCode": "inner", "errorMessage": "no"}',
    ],
    ["an object within an object", '500: {"a": {"b": "c"}, "errorCode": "inner", "dataId": "d"}'],
    ["a list", '500: ["a", "b"]'],
    ["text in quotes", 'the server said "busy", "errorCode": none'],
    ["text that ends in a quote", 'the server said "busy"'],
    ["an object over several lines", '500: {\n  "a": "b",\n  "errorCode": "c"\n}'],
    ["HTML", '503: <html>\n<body class="x">busy</body>\n</html>'],
    ["a stylesheet", '503: a { color: red }\nb {\n  background: "x"\n}\n'],
  ] as const;

  test.each(ANSWERS.flatMap(([what, message]) => ORDER.map((first, by) => [what, first, message, by] as const)))(
    "with an answer that is %s, when its first field is %s",
    async (_, _first, message, by) => {
      const text = record(rotated(by), message);
      const list = await readEntries(`${text}\n${failedLine("two")}\n${text}\n`);
      expect(list).toMatchObject([
        {
          kind: "record",
          record: { errorMessage: message, errorCode: "HttpEndpoint.DestinationException", data: Buffer.from("one") },
        },
        { kind: "record", record: { data: Buffer.from("two") } },
        { kind: "record", record: { errorMessage: message, data: Buffer.from("one"), attemptsMade: 5 } },
      ]);
    },
  );

  test.each(ORDER)("on one line with others, when its first field is %s", async (first) => {
    const text = record(rotated(ORDER.indexOf(first)), 'said {"a": "b"}');
    const escaped = JSON.stringify(JSON.parse(record(rotated(ORDER.indexOf(first)), "plain")));
    expect(short(await readEntries(`${escaped}${escaped} ${escaped}\n`))).toEqual(["one", "one", "one"]);
    expect(short(await readEntries(`${text}\n${text}\n`))).toEqual(["one", "one"]);
  });

  test.each([
    ["truncated by Firehose", '500: {"a": "b", "c'],
    ["of an open brace", "500: {"],
    ["with a quote behind a backslash", "C:\\"],
  ])("with an answer that is not escaped and %s", async (_, message) => {
    const text = record(ORDER, message);
    expect(await readEntries(`${text}\n${text}\n${failedLine("two")}\n`)).toMatchObject([
      { kind: "record", record: { errorMessage: message } },
      { kind: "record", record: { errorMessage: message } },
      { kind: "record", record: { data: Buffer.from("two") } },
    ]);
  });

  test("with quotes that are not escaped in any field", async () => {
    const text = record(ORDER, 'said {"a": "b"}').replace('"HttpEndpoint.DestinationException"', '"Http"Endpoint""');
    expect(await readEntries(text)).toMatchObject([
      {
        kind: "record",
        record: { errorCode: 'Http"Endpoint"', errorMessage: 'said {"a": "b"}', data: Buffer.from("one") },
      },
    ]);
  });

  test("with a field on every line, whatever its answer", async () => {
    const text = record(ORDER, 'said {\n"a": "b"\n}', ",\n  ").replace("{", "{\n  ").replace(/\}$/, "\n}");
    expect(short(await readEntries(`${text}\n${text}\n`))).toEqual(["one", "one"]);
  });

  test("behind one that was cut, on the same line or spread over lines", async () => {
    const cut = record(ORDER, "m").slice(0, 60);
    const spread = record(ORDER, "m", ",\n").replace("{", "{\n").replace(/\}$/, "\n}");
    for (const next of [record(ORDER, 'said "x"'), spread, record(rotated(5), "m")]) {
      expect(short(await readEntries(`${cut}${next}\n`))).toEqual(["corrupt: the record is incomplete", "one"]);
      expect(short(await readEntries(`${cut}\n${next}\n`))).toEqual(["corrupt: the record is incomplete", "one"]);
    }
  });

  test("from a transformation, whose numbers are text", async () => {
    const fields = {
      attemptsMade: "4",
      arrivalTimestamp: "1654710150135",
      attemptEndingTimestamp: "2022-06-08T17:43:58.263Z",
    };
    const lambda = {
      errorCode: 400,
      errorMessage: null,
      lambdaArn: "arn:aws:lambda:eu-west-1:123456789012:function:f",
    };
    expect(await readEntries(failedLine("one", { ...fields, ...lambda }))).toEqual([
      {
        kind: "record",
        index: 0,
        record: {
          attemptsMade: 4,
          arrivalTimestamp: 1654710150135,
          attemptEndingTimestamp: 1654710238263,
          errorCode: "400",
          errorMessage: "",
          data: Buffer.from("one"),
        },
      },
    ]);
  });

  test("with data that is wrapped into lines of Base64", async () => {
    expect(short(await readEntries(failedLine("", { rawData: "c2FtcGxl\r\nIHJhdyBkYXRh" })))).toEqual([
      "sample raw data",
    ]);
  });

  test("with the message of AWS's own example before its code", async () => {
    const code = '"errorCode":"HttpEndpoint.DestinationException",';
    const text = AWS_EXAMPLE.replace(code, "").replace('"attemptEndingTimestamp"', `${code}"attemptEndingTimestamp"`);
    expect(await readEntries(text)).toMatchObject([
      { record: { errorCode: "HttpEndpoint.DestinationException", data: Buffer.from(AWS_EXAMPLE_DATA) } },
    ]);
  });
});

describe("an entry is corrupt", () => {
  test.each([
    ["that has fields of a record and no data", '{"attemptsMade":5,"errorMessage":"m"}', "the record is incomplete"],
    ["that is another object", '{"message":"hello"}', "this is not a failed record"],
    ["that is a list", '["rawData"]', "this is not a failed record"],
    ["that has no end", '{"attemptsMade":5,"errorMessage":"m', "the record is incomplete"],
  ])("%s", async (_, text, reason) => {
    expect(short(await readEntries(`${text}\n${failedLine("two")}\n`))).toEqual([`corrupt: ${reason}`, "two"]);
  });

  test("instead of a record with the data of another one", async () => {
    const withoutData = record(
      ORDER.filter((name) => name !== "rawData"),
      'said "x',
    );
    for (const separator of ["\n", ""]) {
      expect(short(await readEntries(`${withoutData}${separator}${record(ORDER, 'said "y"')}\n`))).toEqual([
        "corrupt: the record is incomplete",
        "one",
      ]);
    }
  });
});

describe("whatever an object holds,", () => {
  test("it is read in time", async () => {
    const contents = [
      `{"rawData":"eA==","errorMessage":"${'x"}\n'.repeat(300_000)}`,
      `{"rawData":"eA==","errorMessage":"${'","a":1}\n'.repeat(200_000)}`,
      `{"rawData":"eA==","errorMessage":"${'","a":"b'.repeat(200_000)}"}`,
      `{"rawData":"eA==","errorMessage":"${Array.from({ length: 100_000 }, (_, at) => `","a${at}":"b`).join("")}"}`,
      `${"{".repeat(2_000_000)}\n`,
      `{"a":${"[".repeat(2_000_000)}\n`,
      `${'{"rawData":'.repeat(300_000)}\n`,
      '{"rawData":\n'.repeat(300_000),
      `{\n${'"rawData":\n{\n'.repeat(200_000)}`,
    ];
    for (const content of contents) {
      expect(await cpuTimeOf(() => readEntries(content))).toBeLessThan(5000);
    }
  });

  test("it never gives data that no record in it has", async () => {
    const random = seededRandom(99);
    const texts = ['said {"a": "b"}', "503: {\n", answerOf(503, "busy"), 'x"}'].map((message, at) =>
      record(rotated(at * 2), message).replace('"b25l"', `"${Buffer.from(`data ${at}`).toString("base64")}"`),
    );
    const whole = [...texts, failedLine("data 4"), ...texts].join("\n");
    const known = [0, 1, 2, 3, 4].map((at) => `data ${at}`);
    for (let run = 0; run < 500; run++) {
      const at = Math.floor(random() * whole.length);
      const damaged = whole.slice(0, at) + whole.slice(at + 1 + Math.floor(random() * 40));
      const records = short(await readEntries(damaged)).filter((text) => !text.startsWith("corrupt: "));
      // Data may lose bytes where Base64 did; it may not consist of two records.
      expect(records.filter((text) => !known.some((data) => data === text) && text.length >= "data 0".length)).toEqual(
        [],
      );
    }
  });
});
