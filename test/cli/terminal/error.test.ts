import { errorJson, errorText, isJsonRequested } from "../../../cli/terminal/error";
import { fakeTerminal } from "../../helpers/terminal";

const ERROR = {
  message: "AWS denied firehose:DescribeDeliveryStream. Allow it for the identity that runs this command.",
  exitCode: 2,
};

describe("an error", () => {
  test("is wrapped on a terminal", () => {
    expect(errorText(ERROR, fakeTerminal({ columns: 80 }))).toBe(
      "kloudfuse-firehose: AWS denied firehose:DescribeDeliveryStream. Allow it for the\n  identity that runs this command.\n",
    );
    expect(errorText(ERROR, fakeTerminal({ columns: 120 }))).toBe(`kloudfuse-firehose: ${ERROR.message}\n`);
  });

  test("is one line in a pipe", () => {
    expect(errorText(ERROR, fakeTerminal({ isTTY: false }))).toBe(`kloudfuse-firehose: ${ERROR.message}\n`);
  });

  test("begins in red where there are colors", () => {
    expect(errorText(ERROR, fakeTerminal({ columns: 160, color: true }))).toBe(
      `\u001b[31mkloudfuse-firehose:\u001b[39m ${ERROR.message}\n`,
    );
  });

  test("is a report without checks as JSON", () => {
    const json: unknown = JSON.parse(errorJson(ERROR, new Date("2026-11-26T04:08:31Z")));
    expect(json).toEqual({
      error: ERROR.message,
      summary: {
        account: null,
        regions: [],
        evaluatedAt: "2026-11-26T04:08:31.000Z",
        counts: { problem: 0, unknown: 0, note: 0, ok: 0 },
        exitCode: 2,
      },
      checks: [],
    });
  });

  test.each([
    [["verify", "--format", "json"], true],
    [["verify", "--format=json", "--unknown"], true],
    [["verify", "--format", "table"], false],
    [["verify"], false],
  ])("of %j is JSON: %s", (args, expected) => {
    expect(isJsonRequested(args)).toBe(expected);
  });
});
