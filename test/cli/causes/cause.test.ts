import { statusBeside } from "../../../cli/causes/cause";
import { causeOf } from "../../../cli/causes/diagnose";

describe("the status beside the title of a cause", () => {
  test("is left out where the title begins with it", () => {
    expect(statusBeside(causeOf("too-large"), 413)).toEqual([]);
  });

  test("is there where the title stands for several", () => {
    expect(statusBeside(causeOf("endpoint-failing"), 503)).toEqual([503]);
  });

  test.each([null, undefined])("is none where the endpoint did not answer: %j", (status) => {
    expect(statusBeside(causeOf("endpoint-failing"), status)).toEqual([]);
  });
});
