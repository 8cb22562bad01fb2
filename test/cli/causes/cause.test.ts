import { statusNotInTitle } from "../../../cli/causes/cause";
import { causeOf } from "../../../cli/causes/diagnose";

describe("the status beside the title of a cause", () => {
  test("is left out where the title begins with it", () => {
    expect(statusNotInTitle(causeOf("too-large"), 413)).toEqual([]);
  });

  test("is there where the title stands for several", () => {
    expect(statusNotInTitle(causeOf("endpoint-failing"), 503)).toEqual([503]);
  });

  test.each([null, undefined])("is none where the endpoint did not answer: %j", (status) => {
    expect(statusNotInTitle(causeOf("endpoint-failing"), status)).toEqual([]);
  });
});
