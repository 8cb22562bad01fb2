import { groupsOf } from "../../../cli/terminal/groups";
import { rowWith } from "../../helpers/rows";

const shown = (...rows: readonly (readonly [word: string, heading: string, name: string])[]): unknown =>
  groupsOf(rows.map(([word, heading, name]) => rowWith({ word, heading, name }))).map((group) => [
    group.heading,
    ...group.rows.map(({ name }) => name),
  ]);

describe("rows under headings", () => {
  test("are together where word and heading are the same", () => {
    expect(shown(["problem", "logs", "a"], ["problem", "metrics", "b"], ["problem", "logs", "c"])).toEqual([
      ["logs", "a", "c"],
      ["metrics", "b"],
    ]);
  });

  test("have two headings where one subject has two words", () => {
    expect(shown(["problem", "logs", "a"], ["problem", "metrics", "b"], ["note", "logs", "c"])).toEqual([
      ["logs", "a"],
      ["metrics", "b"],
      ["logs", "c"],
    ]);
  });

  test("are none of no rows", () => {
    expect(shown()).toEqual([]);
  });
});
