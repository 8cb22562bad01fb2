import { RecordLimit } from "../../../cli/failures/record-limit";

test.each([
  [0, [false, false, false]],
  [2, [true, true, false]],
])("a limit of %i records lists that many, however many are asked for", (max, expected) => {
  const limit = new RecordLimit(max);
  expect([limit.take(), limit.take(), limit.take()]).toEqual(expected);
});
