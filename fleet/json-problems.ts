import { type JSONVisitor, type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";

/** A place in a JSON text where it is no JSON, or says something twice. Line and column are from 1 on. */
export interface JsonProblem {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** No valid file has as many levels: the limit keeps the call stack from overflowing. */
const MAX_LEVELS = 100;

/** By the parser's name of an error. */
const EXPECTED: Readonly<Record<string, string>> = {
  InvalidSymbol: "a value or a name in double quotes",
  PropertyNameExpected: "a name in double quotes",
  ColonExpected: "a colon",
  CommaExpected: "a comma, or the end of the list or object,",
  CloseBraceExpected: "}",
  CloseBracketExpected: "]",
  EndOfFileExpected: "the end of the file",
  UnexpectedEndOfString: "a string that ends on its line",
  InvalidCharacter: "a string without control characters",
  InvalidEscapeCharacter: "a string with JSON's own escapes",
  InvalidUnicode: "a string with four hexadecimal digits behind each \\u",
};

/** Ends the reading at the first problem. */
class ProblemFound extends Error {
  public constructor(public readonly problem: JsonProblem) {
    super(problem.message);
  }
}

/** Reports what JSON.parse does not: where a text is no JSON, in every Node, and a name twice. */
function visitorOf(text: string): JSONVisitor {
  const namesOfLevels = new Array<Set<string>>();
  const stop = (line: number, character: number, message: string): never => {
    throw new ProblemFound({ line: line + 1, column: character + 1, message });
  };
  const begin = (_offset: number, _length: number, line: number, character: number): void => {
    if (namesOfLevels.length === MAX_LEVELS) {
      const rule = `must have lists and objects of at most ${MAX_LEVELS} levels`;
      stop(line, character, `${rule}, got one more. Remove the inner ones`);
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
        stop(line, character, `must have the name ${JSON.stringify(name)} once in an object. Remove one of them`);
      }
      names?.add(name);
    },
    onError: (code: ParseErrorCode, offset, _length, line, character) => {
      const expected = EXPECTED[printParseErrorCode(code)] ?? "a value";
      const found = offset < text.length ? text.charAt(offset) : "the end of the file";
      stop(line, character, `must be JSON: ${expected} is expected, got ${found}`);
    },
  };
}

/** The first problem of a text as JSON; undefined where it is JSON and each object has a name once. */
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
