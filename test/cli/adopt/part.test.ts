import { change, decide, importOrCreate, leave, mergedInputs, mergedParts, unknownItem } from "../../../cli/adopt/part";
import { UndeterminedError } from "../../../cli/exit-codes";

describe("an entry", () => {
  test.each([
    ["decide", "r", () => decide("s", "n", "f", "r")],
    ["leave", "", () => leave("s", "n", "f")],
    ["leave", "r", () => leave("s", "n", "f", "r")],
    ["change", "", () => change("s", "n", "f")],
    ["change", "r", () => change("s", "n", "f", "r")],
  ])("says what happens: %s, with the remedy %j", (action, remedy, item) => {
    expect(item()).toEqual({ action, subject: "s", name: "n", found: "f", remedy });
  });

  test("of what AWS did not say has its reason and what to do", () => {
    expect(unknownItem("s", "n", new UndeterminedError("AWS denied it. Grant it."))).toEqual({
      action: "unknown",
      subject: "s",
      name: "n",
      found: "AWS denied it.",
      remedy: "Grant it.",
    });
  });
});

describe("a resource", () => {
  test("that exists is imported", () => {
    expect(importOrCreate("s", "a.b", "id", true)).toEqual({
      items: [{ action: "import", subject: "s", name: "a.b", found: "id", remedy: "" }],
      imports: [{ to: "a.b", id: "id" }],
    });
  });

  test("that does not is created", () => {
    expect(importOrCreate("s", "a.b", "id", false)).toEqual({
      items: [{ action: "create", subject: "s", name: "a.b", found: "does not exist yet", remedy: "" }],
      imports: [],
    });
  });
});

describe("parts", () => {
  test("are one", () => {
    const item = decide("s", "n", "f", "r");
    const merged = mergedParts([
      { items: [item] },
      { imports: [{ to: "a", id: "b" }] },
      { inputs: { createRole: false } },
    ]);
    expect(merged).toEqual({ items: [item], imports: [{ to: "a", id: "b" }], inputs: { createRole: false } });
  });

  test("have of an input the last value", () => {
    expect(mergedInputs([{ roleName: "a" }, { roleName: "b", rolePath: "/" }])).toEqual({
      roleName: "b",
      rolePath: "/",
    });
  });
});
