import { undetermined } from "../../../cli/checks/undetermined";
import { UndeterminedError } from "../../../cli/exit-codes";

describe("the check of what could not be determined", () => {
  test("says what was found, and what to do", () => {
    expect(undetermined("metrics", new UndeterminedError("AWS denied a:B. Allow it. Then go on."))).toEqual({
      name: "metrics",
      verdict: "unknown",
      found: "AWS denied a:B.",
      remedy: "Allow it. Then go on.",
    });
  });

  test("says what to do where the error does not", () => {
    expect(undetermined("metrics", new UndeterminedError("AWS is away"))).toEqual({
      name: "metrics",
      verdict: "unknown",
      found: "AWS is away",
      remedy: "Run the command again; if this lasts, look at AWS Health.",
    });
  });
});
