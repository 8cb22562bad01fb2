import { editDistance } from "../../iam/edit-distance";

test.each([
  ["", "", 0],
  ["regions", "regions", 0],
  ["region", "regions", 1],
  ["regions", "region", 1],
  ["ragions", "regions", 1],
  ["ergions", "regions", 1],
  ["", "abc", 3],
  ["inputs", "outputs", 3],
])("from %j to %j, %d letters change", (one, other, distance) => {
  expect(editDistance(one, other)).toBe(distance);
});
