import { masked, quotedWithoutSecrets } from "../../../cli/probe/secrecy";

describe("a secret", () => {
  test("is masked wherever it stands", () => {
    expect(masked("a s3cr3t and s3cr3t", ["s3cr3t"])).toBe("a *** and ***");
  });

  test("is masked as JSON writes it", () => {
    const secret = 'with"quote\\';
    expect(masked(`${secret} ${JSON.stringify({ secret })}`, [secret])).toBe('*** {"secret":"***"}');
  });

  test("is masked beside others", () => {
    expect(masked("one two three", ["one", "three"])).toBe("*** two ***");
  });

  test("is none where it is empty", () => {
    expect(masked("text", [""])).toBe("text");
  });
});

describe("foreign text", () => {
  test("is quoted, on one line", () => {
    expect(quotedWithoutSecrets("two\r\nlines\u001b[31m", [])).toBe('"two lines [31m"');
  });

  test.each([
    [200, "x".repeat(200)],
    [201, `${"x".repeat(199)}…`],
  ])("of %d characters is shortened to 200", (length, text) => {
    expect(quotedWithoutSecrets("x".repeat(length), [])).toBe(`"${text}"`);
  });

  test("is masked before it is shortened: no part of a secret is left", () => {
    const text = quotedWithoutSecrets(`${"x".repeat(196)}s3cr3t`, ["s3cr3t"]);
    expect(text).toBe(`"${"x".repeat(196)}***"`);
  });
});
