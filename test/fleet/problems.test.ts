import { Problems } from "../../fleet/problems";

describe("problems", () => {
  test("are thrown together, each once and in their order", () => {
    const problems = new Problems();
    problems.add("b is wrong.");
    problems.add("a is wrong.", "a");
    problems.add("a is wrong in another way.", "a");
    problems.add("b is wrong.");
    expect(() => {
      problems.throwIfAny("fleet.json");
    }).toThrow(new Error("fleet.json must be a valid fleet file. Correct it:\n  b is wrong.\n  a is wrong."));
  });

  test("are none at first", () => {
    const problems = new Problems();
    expect(() => {
      problems.throwIfAny("fleet.json");
    }).not.toThrow();
  });
});
