import { unescapedRecord } from "../../../cli/backup/unescaped-record";

describe("a record whose strings are not escaped", () => {
  test.each([
    ['{"rawData":"eA==","errorMessage":"said "no""}', { rawData: "eA==", errorMessage: 'said "no"' }],
    ['{"errorMessage":"said "no"","rawData":"eA=="}', { errorMessage: 'said "no"', rawData: "eA==" }],
    [
      ' { "errorMessage" : "{"a": "b"}" , "attemptsMade" : -1.5e3 , "rawData" : "eA==" } \n',
      { errorMessage: '{"a": "b"}', attemptsMade: -1500, rawData: "eA==" },
    ],
    ['{"errorMessage":"a\nb","rawData":"eA=="}', { errorMessage: "a\nb", rawData: "eA==" }],
    ['{"errorMessage":"a\\nb","rawData":"eA=="}', { errorMessage: "a\nb", rawData: "eA==" }],
    [
      '{"errorCode":"a"b","errorMessage":"c","rawData":"eA=="}',
      { errorCode: 'a"b', errorMessage: "c", rawData: "eA==" },
    ],
    ['{"errorMessage":"C:\\","rawData":"eA=="}', { errorMessage: "C:\\", rawData: "eA==" }],
    [
      '{"rawData":"eA==","a":true,"b":null,"c":[1,"}"],"d":{"e":1}}',
      { rawData: "eA==", a: true, b: null, c: [1, "}"], d: { e: 1 } },
    ],
  ])("is read from %j", (text, record) => {
    expect(unescapedRecord(text, true)).toEqual(record);
  });

  test("has each field once: what an answer names again is the answer's", () => {
    const text = '{"errorCode":"C","errorMessage":"{"x": "y", "errorCode":"D"}","rawData":"eA=="}';
    expect(unescapedRecord(text, true)).toEqual({
      errorCode: "C",
      errorMessage: '{"x": "y", "errorCode":"D"}',
      rawData: "eA==",
    });
  });

  test("may have an answer that was cut only where nothing can follow", () => {
    const cut = '{"errorMessage":"{"a": "b","rawData":"eA=="}';
    expect(unescapedRecord(cut, true)).toBeUndefined();
    expect(unescapedRecord(cut, false)).toEqual({ errorMessage: '{"a": "b', rawData: "eA==" });
  });

  test.each([
    ["no object", '"rawData":"eA=="'],
    ["no data", '{"errorMessage":"said "no""}'],
    ["no end", '{"errorMessage":"said "no"","rawData":"eA=="'],
    ["text behind the end", '{"errorMessage":"said "no"","rawData":"eA=="} x'],
    ["the data of a second record", '{"errorMessage":"a "b","rawData":"eA=="}{"errorMessage":"c","rawData":"eQ=="}'],
    ["a field without a value", '{"errorMessage":"a","rawData":}'],
    ["nothing", ""],
  ])("is none with %s", (_, text) => {
    expect(unescapedRecord(text, true)).toBeUndefined();
  });

  test("has up to 32 fields", () => {
    const text = (count: number): string =>
      `{"rawData":"eA==",${Array.from({ length: count - 1 }, (_, at) => `"a${at}":1`).join(",")}}`;
    expect(Object.keys(unescapedRecord(text(32), true) ?? {})).toHaveLength(32);
    expect(unescapedRecord(text(33), true)).toBeUndefined();
  });
});
