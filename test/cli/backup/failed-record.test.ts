import { dataOf, type FailedRecord, failedRecord, recordIn, timestampIn } from "../../../cli/backup/failed-record";
import { AWS_EXAMPLE, AWS_EXAMPLE_DATA, failedLine } from "../../fixtures/failed-records";

const textOf = (record: FailedRecord | undefined): string | undefined => record && dataOf(record).toString();

describe("a failed record", () => {
  test("is read from JSON, and from text whose answer is not escaped", () => {
    expect(textOf(failedRecord(failedLine("one"), false))).toBe("one");
    expect(textOf(failedRecord(AWS_EXAMPLE, false))).toBe(AWS_EXAMPLE_DATA);
  });

  test("may have an answer that was cut, once the text is known to be whole", () => {
    const cut = AWS_EXAMPLE.replace(', "errorMessage": "Unauthorized"}', "");
    expect(failedRecord(cut, false)).toBeUndefined();
    expect(textOf(failedRecord(cut, true))).toBe(AWS_EXAMPLE_DATA);
  });

  test.each([undefined, null, 1, "text", {}, [], { rawData: 1 }, { rawData: null }])("is not %j", (value) => {
    expect(recordIn(value)).toBeUndefined();
  });

  test.each([
    ["", ""],
    ["eA==", "x"],
    ["eHk=", "xy"],
    ["eHl6", "xyz"],
    ["eH\r\nl6\n", "xyz"],
  ])("has the data of %j", (rawData, data) => {
    const record = recordIn({ rawData });
    expect(textOf(record)).toBe(data);
    expect(record?.bytes).toBe(data.length);
  });

  test.each(["eHl6e", "eA=", "eHl*", "=", "§§§§"])("has no data that %j may have been", (rawData) => {
    expect(recordIn({ rawData })).toBeUndefined();
  });

  test.each([
    [5, 5],
    ["5", 5],
    ["", 0],
    ["many", 0],
    [null, 0],
    [Infinity, 0],
  ])("made, of %j attempts, %i", (attemptsMade, attempts) => {
    expect(recordIn({ rawData: "", attemptsMade })?.attemptsMade).toBe(attempts);
  });

  test.each([
    ["code", "code"],
    [400, "400"],
    [true, "true"],
    [{ a: 1 }, '{"a":1}'],
    [null, ""],
    [undefined, ""],
  ])("has, with the code %j, the code %j", (errorCode, text) => {
    expect(recordIn({ rawData: "", errorCode })?.errorCode).toBe(text);
  });
});

describe("a timestamp", () => {
  test.each([
    [1594265943615, 1594265943615],
    ["1594265943615", 1594265943615],
    [" 1594265943615 ", 1594265943615],
    ["1594265943615.5", 1594265943615.5],
    ["2020-07-09T03:39:03.615Z", 1594265943615],
    [0, 0],
    [-1, -1],
    [8.64e15, 8.64e15],
    [8.64e15 + 1, undefined],
    ["8640000000000001", undefined],
    [NaN, undefined],
    ["", undefined],
    ["July", undefined],
    [null, undefined],
    [{}, undefined],
  ])("of %j is %j", (value, time) => {
    expect(timestampIn(value)).toBe(time);
  });
});
