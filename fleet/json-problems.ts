import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";

/** A syntax error or a duplicate name in JSON. Line and column start at 1. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** Keeps the call stack from overflowing. No valid file is nested as deeply. */
const MAX_LEVELS = 100;

/** What the parser expects, by the name of its error. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: "a value or a name in double quotes",
  PropertyNameExpected: "a name in double quotes",
  ColonExpected: "a colon",
  CommaExpected: "a comma, or the end of the list or object",
  CloseBraceExpected: "}",
  CloseBracketExpected: "]",
  EndOfFileExpected: "the end of the file",
  UnexpectedEndOfString: "a string that ends on the same line",
  InvalidCharacter: "a string without control characters",
  InvalidEscapeCharacter: "a string with valid JSON escapes",
  InvalidUnicode: "a string with four hexadecimal digits after each \\u",
};

/** Stops the parser at the first problem. */
class ProblemFound extends Error {
  public constructor(public readonly problem: JsonProblem) {
    super(problem.message);
  }
}

/** Reports what JSON.parse does not: the position of an error, in every version of Node, and duplicate names. */
function visitorOf(text: string): JSONVisitor {
  const namesOfLevels = new Array<Set<string>>();
  const stop = (line: number, character: number, message: string): never => {
    throw new ProblemFound({ line: line + 1, column: character + 1, message });
  };
  const begin = (_offset: number, _length: number, line: number, character: number): void => {
    if (namesOfLevels.length === MAX_LEVELS) {
      const rule = `must nest lists and objects at most ${MAX_LEVELS} levels deep`;
      stop(line, character, `${rule}, got more`);
    }
    namesOfLevels.push(new Set());
  };
  const end = (): void => {
    namesOfLevels.pop();
  };
  return {
    onObjectBegin: begin,
    onObjectEnd: end,
    onArrayBegin: begin,
    onArrayEnd: end,
    onObjectProperty: (name, _offset, _length, line, character) => {
      const names = namesOfLevels.at(-1);
      if (names?.has(name) === true) {
        stop(line, character, `must not repeat the name ${JSON.stringify(name)} in an object`);
      }
      names?.add(name);
    },
    onError: (code: ParseErrorCode, offset, _length, line, character) => {
      const expected = EXPECTED[printParseErrorCode(code)] ?? "a value";
      const found = offset < text.length ? text.charAt(offset) : "the end of the file";
      stop(line, character, `must be JSON: expected ${expected}, got ${found}`);
    },
  };
}

/** The first problem of a JSON text; undefined if it is valid and no object repeats a name. */
export function jsonProblem(text: string): JsonProblem | undefined {
  try {
    visit(text, visitorOf(text), { disallowComments: true });
    return undefined;
  } catch (error) {
    if (error instanceof ProblemFound) {
      return error.problem;
    }
    throw error;
  }
}
