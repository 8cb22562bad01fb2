import { RecordText } from "../../../cli/backup/record-text";

function textOf(lines: readonly string[]): RecordText {
  const text = new RecordText();
  lines.forEach((line) => {
    text.push(line);
  });
  return text;
}

describe("the text of a record that has begun", () => {
  test("is empty before its first line", () => {
    const text = new RecordText();
    expect({ text: text.toString(), length: text.length, isEmpty: text.isEmpty }).toEqual({
      text: "",
      length: 0,
      isEmpty: true,
    });
  });

  test.each([1, 2, 999, 1000, 1001, 2000, 2001])("has each of %i lines once, in their order", (count) => {
    const lines = Array.from({ length: count }, (_, index) => `line ${index}`);
    const text = textOf(lines);
    expect(text.toString()).toBe(lines.join("\n"));
    expect(text.length).toBe(lines.join("\n").length + 1);
    expect(text.lastLine).toBe(`line ${count - 1}`);
    expect(text.isEmpty).toBe(false);
  });

  test("has one line until a second one comes, also where a block of lines is full", () => {
    expect(textOf(["one"]).hasOneLine).toBe(true);
    expect(textOf(["one", "two"]).hasOneLine).toBe(false);
    expect(textOf(new Array<string>(1001).fill("x")).hasOneLine).toBe(false);
  });

  test.each([1, 1000, 1001])("of %i lines has another last line once it is replaced", (count) => {
    const text = textOf(new Array<string>(count).fill("long"));
    text.replaceLastLine("x");
    const expected = [...new Array<string>(count - 1).fill("long"), "x"].join("\n");
    expect(text.toString()).toBe(expected);
    expect(text.length).toBe(expected.length + 1);
  });
});
