/** A place in a JSON text where it is no JSON, or says something twice. */
export interface JsonProblem {
  readonly offset: number;
  readonly message: string;
}

const SPACE = /[ \t\n\r]*/y;
const CHARACTER = String.raw`(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))`;
/** No string or level of a valid file is near these limits: they keep the call stack from overflowing. */
const MAX_CHARACTERS = 10_000;
const MAX_LEVELS = 100;
const STRING = new RegExp(`"${CHARACTER}{0,${MAX_CHARACTERS}}"`, "uy");
const LONG_STRING = new RegExp(`"${CHARACTER}{${MAX_CHARACTERS + 1}}`, "uy");
const SCALAR = /(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false|null)(?![a-zA-Z0-9_.+-])/y;

/** Reads a JSON text as far as it is one. JSON.parse does not tell where it stops in every Node, nor of a name twice. */
class Scanner {
  readonly #text: string;
  #offset = 0;
  #level = 0;

  public constructor(text: string) {
    this.#text = text;
  }

  public document(): void {
    this.value();
    if (this.peek() !== "") {
      throw this.expected("the end of the file");
    }
  }

  private value(): void {
    switch (this.peek()) {
      case "{":
        this.members();
        return;
      case "[":
        this.sequence("]", "a value", () => {
          this.value();
        });
        return;
      default:
        if (this.string() === undefined && this.take(SCALAR) === undefined) {
          throw this.expected("a value");
        }
    }
  }

  private members(): void {
    const names = new Set<string>();
    this.sequence("}", "a name in double quotes", () => {
      this.peek();
      const offset = this.#offset;
      const name = this.string();
      if (name === undefined) {
        throw this.expected("a name in double quotes");
      }
      if (names.has(name)) {
        throw new ScanError({ offset, message: `must have the name ${name} once in an object. Remove one of them` });
      }
      names.add(name);
      if (this.peek() !== ":") {
        throw this.expected("a colon");
      }
      this.#offset += 1;
      this.value();
    });
  }

  private string(): string | undefined {
    const offset = this.#offset;
    if (this.take(LONG_STRING) !== undefined) {
      throw new ScanError({
        offset,
        message: `must have strings of at most ${MAX_CHARACTERS} characters, got a longer one. Shorten it`,
      });
    }
    return this.take(STRING);
  }

  private sequence(end: string, entryName: string, readEntry: () => void): void {
    if (this.#level === MAX_LEVELS) {
      throw new ScanError({
        offset: this.#offset,
        message: `must have lists and objects of at most ${MAX_LEVELS} levels, got one more. Remove the inner ones`,
      });
    }
    this.#level += 1;
    this.entries(end, entryName, readEntry);
    this.#level -= 1;
  }

  private entries(end: string, entryName: string, readEntry: () => void): void {
    this.#offset += 1;
    if (this.peek() === end) {
      this.#offset += 1;
      return;
    }
    for (;;) {
      readEntry();
      const next = this.peek();
      if (next !== "," && next !== end) {
        throw this.expected(`a comma or ${end}`);
      }
      this.#offset += 1;
      if (next === end) {
        return;
      }
      if (this.peek() === end) {
        throw this.expected(`${entryName} after the comma`);
      }
    }
  }

  /** The next character that is no space; nothing at the end. */
  private peek(): string {
    this.take(SPACE);
    return this.#text.charAt(this.#offset);
  }

  private take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const [match] = pattern.exec(this.#text) ?? [];
    this.#offset += match?.length ?? 0;
    return match;
  }

  private expected(what: string): ScanError {
    const found = this.peek();
    return new ScanError({
      offset: this.#offset,
      message: `must be JSON: ${what} is expected, got ${found === "" ? "the end of the file" : found}`,
    });
  }
}

/** Ends a scan. */
class ScanError extends Error {
  public constructor(public readonly problem: JsonProblem) {
    super(problem.message);
  }
}

/** The first problem of a text as JSON; undefined where it is JSON and each object has a name once. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    new Scanner(text).document();
    return undefined;
  } catch (error) {
    if (error instanceof ScanError) {
      return error.problem;
    }
    throw error;
  }
}

/** Line and column of a place in a text, both from 1 on. */
export function positionOf(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
