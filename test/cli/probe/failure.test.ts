import { failureIn } from "../../../cli/probe/failure";

test.each([
  [Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" }), "ECONNREFUSED", "connect ECONNREFUSED"],
  [{ code: "EPIPE", message: "write EPIPE" }, "EPIPE", "write EPIPE"],
  [new Error("boom"), "", "boom"],
  [{ code: 7, message: "boom" }, "", "boom"],
  ["text", "", "text"],
  [undefined, "", "undefined"],
])("of the error %p the code is %j, and the message %j", (error, code, message) => {
  expect(failureIn(error)).toEqual({ code, message });
});
