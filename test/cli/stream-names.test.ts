import { checkStreamName, checkStreamNames } from "../../cli/stream-names";

const RULE = "must be 1 to 64 of the characters a-z A-Z 0-9 _ . -";

describe("the names of the streams", () => {
  test.each([{}, { logsStreamName: "a" }, { metricsStreamName: "a".repeat(64), logsStreamName: "kloudfuse-logs_1." }])(
    "may be %j",
    (names) => {
      expect(() => {
        checkStreamNames(names);
      }).not.toThrow();
    },
  );

  test("may not be the same", () => {
    expect(() => {
      checkStreamNames({ metricsStreamName: "a", logsStreamName: "a" });
    }).toThrow(
      '--logs-stream-name must not equal --metrics-stream-name, got "a" for both. Name the stream of each signal, or choose one with --signal.',
    );
  });

  test.each(["", "two words", "line\nbreak", "a".repeat(65)])("may not be %j", (name) => {
    const received = `got ${JSON.stringify(name)}. Use the name of a delivery stream.`;
    expect(() => {
      checkStreamNames({ metricsStreamName: name });
    }).toThrow(`--metrics-stream-name ${RULE}, ${received}`);
    expect(() => {
      checkStreamNames({ logsStreamName: name });
    }).toThrow(`--logs-stream-name ${RULE}, ${received}`);
    expect(() => {
      checkStreamName("--former-stream-name", name);
    }).toThrow(`--former-stream-name ${RULE}, ${received}`);
  });
});
