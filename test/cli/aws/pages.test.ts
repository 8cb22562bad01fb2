import { Readable } from "node:stream";
import { collected } from "../../../cli/aws/pages";

test("the items of all pages are collected in order; a page may have none", async () => {
  const pages = Readable.from([{ names: ["a", "b"] }, {}, { names: ["c"] }]);
  expect(await collected<{ readonly names?: string[] }, string>(pages, ({ names }) => names)).toEqual(["a", "b", "c"]);
});
