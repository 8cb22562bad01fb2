import { readErrorReason } from "../../cli/read-errors";

test.each([
  [{ code: "ENOENT" }, "it does not exist"],
  [{ code: "EACCES" }, "access is denied"],
  [{ code: "EISDIR" }, "it is a folder"],
  [{ code: "ENOTDIR" }, "it is not a folder"],
  [{ code: "EMFILE" }, "EMFILE"],
  [new Error("boom"), "Error: boom"],
  ["text", "text"],
  [null, "null"],
])("%p is the reason %j", (error, reason) => {
  expect(readErrorReason(error)).toBe(reason);
});
