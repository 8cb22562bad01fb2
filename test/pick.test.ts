import { pick } from "../modules/pick";

test("picks the properties that are named and no other", () => {
  expect(pick({ size: 4, interval: 60, tags: {} }, ["size", "tags"])).toEqual({ size: 4, tags: {} });
});

test("picks nothing when nothing is named", () => {
  expect(pick({ size: 4 }, [])).toEqual({});
});
