import { Literals } from "../modules/literals";

let literals: Literals;

beforeAll(() => {
  literals = new Literals({ create_alarms: true, create_role: false, buffering_size_mb: 8, tags: { a: "b" } });
});

test("a flag is what it is set to, or its default", () => {
  expect(literals.flag("createAlarms")).toBe(true);
  expect(literals.flag("createRole")).toBe(false);
  expect(literals.flag("createBackupBucket")).toBe(true);
  expect(literals.flag("createDashboard")).toBe(false);
});

test("properties are read by the names of their inputs", () => {
  expect(literals.properties(["bufferingSizeMb", "retryDurationSeconds"])).toEqual({
    bufferingSizeMb: 8,
    retryDurationSeconds: undefined,
  });
  expect(literals.properties({ labels: "tags" })).toEqual({ labels: { a: "b" } });
});
