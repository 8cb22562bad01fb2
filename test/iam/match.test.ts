import { matchStatement, type StatementMatch, type StatementOrigin } from "../../iam/match";
import type { Statement } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import {
  ACCOUNT,
  allow,
  type Asked,
  BUCKET,
  deny,
  FOREIGN,
  OBJECT,
  policy,
  PUT_OBJECT,
  PUT_RECORD,
  requestOf,
  ROLE_ARN,
  shown,
  STREAM,
  when,
} from "./tables";

type Applies = boolean | "undetermined";

const ROOT = `arn:aws:iam::${ACCOUNT}:root`;
const SESSION = `arn:aws:sts::${ACCOUNT}:assumed-role/firehose/session`;
const IN_ORGANIZATION = when("StringEquals", "aws:PrincipalOrgID", "o-1");
const WITH_TLS = when("Bool", "aws:SecureTransport", "true");

const OF_IDENTITY: StatementOrigin = { isResourcePolicy: false, hasBoundary: false };
const OF_RESOURCE: StatementOrigin = { isResourcePolicy: true, hasBoundary: false };

function only(statement: object): Statement {
  const [parsed] = policy(statement);
  if (parsed === undefined) {
    throw new Error("The policy must have a statement");
  }
  return parsed;
}

/** Whether a statement of a policy of the role applies to what the role asks for. */
const applies = (asked: Asked, statement: object, change: Partial<Statement> = {}): Applies =>
  shown(matchStatement({ ...only(statement), ...change }, requestOf(asked), OF_IDENTITY).applies);

/** The levels that a match has; a `?` after one that is not known. */
const levelsOf = ({ levels }: StatementMatch): readonly string[] =>
  Object.entries(levels).flatMap(([level, isMet]) => (isMet === false ? [] : [isMet === true ? level : `${level}?`]));

describe("the actions of a statement", () => {
  test.each<[name: string, element: object, expected: Applies]>([
    ["the action", { Action: "s3:PutObject" }, true],
    ["the action in another case", { Action: "S3:pUTobject" }, true],
    ["one of several", { Action: ["s3:GetObject", "s3:PutObject"] }, true],
    ["another one", { Action: "s3:GetObject" }, false],
    ["the beginning of the action", { Action: "s3:Put" }, false],
    ["a pattern with *", { Action: "s3:Put*" }, true],
    ["a pattern with * in another case", { Action: "S3:put*" }, true],
    ["a pattern with ?", { Action: "s3:PutObjec?" }, true],
    ["a pattern with ? for nothing", { Action: "s3:PutObject?" }, false],
    ["a pattern of another service", { Action: "firehose:*" }, false],
    ["none", { Action: [] }, false],
    ["all but the action", { NotAction: "s3:PutObject" }, false],
    ["all but a pattern of it", { NotAction: ["iam:*", "s3:*"] }, false],
    ["all but another one", { NotAction: "iam:*" }, true],
    ["all but none", { NotAction: [] }, true],
  ])("may be %s: applies %s", (_, element, expected) => {
    expect(applies(PUT_OBJECT, { Effect: "Allow", Resource: "*", ...element })).toBe(expected);
  });

  test("have no variables", () => {
    expect(applies(PUT_OBJECT, allow("${aws:PrincipalType}", "*"))).toBe(false);
  });

  test.each<[negated: boolean, values: readonly (string | typeof UNKNOWN)[], expected: Applies]>([
    [false, [UNKNOWN], "undetermined"],
    [false, [UNKNOWN, "s3:PutObject"], true],
    [true, [UNKNOWN], "undetermined"],
    [true, [UNKNOWN, "s3:*"], false],
  ])(
    "that are not known matter unless another one matches: negated %s, %p, applies %s",
    (negated, values, expected) => {
      expect(applies(PUT_OBJECT, allow("*", "*"), { actions: { negated, values } })).toBe(expected);
    },
  );
});

describe("the resources of a statement", () => {
  test.each<[name: string, element: object, expected: Applies]>([
    ["the resource", { Resource: OBJECT }, true],
    ["one of several", { Resource: [STREAM, OBJECT] }, true],
    ["a pattern of it", { Resource: `${BUCKET}/*` }, true],
    ["another one", { Resource: BUCKET }, false],
    ["the resource in another case", { Resource: OBJECT.toUpperCase() }, false],
    ["all but the resource", { NotResource: OBJECT }, false],
    ["all but another one", { NotResource: STREAM }, true],
    ["one with a variable of the request", { Resource: `${BUCKET}/\${aws:PrincipalAccount}*` }, false],
    ["one with a variable that is not known", { Resource: `${BUCKET}/\${aws:PrincipalTag/team}*` }, "undetermined"],
    ["one with a variable that has no value", { Resource: `${BUCKET}/\${aws:SourceAccount}*` }, false],
    ["all but one with a variable that has no value", { NotResource: `\${aws:SourceAccount}*` }, true],
    ["one with an escaped wildcard", { Resource: `${BUCKET}/\${*}` }, false],
  ])("may be %s: applies %s", (_, element, expected) => {
    expect(applies(PUT_OBJECT, { Effect: "Allow", Action: "*", ...element })).toBe(expected);
  });

  test("have the value of a variable", () => {
    const resource = `${BUCKET}/${ACCOUNT}/1`;
    const statement = allow("*", `${BUCKET}/\${aws:PrincipalAccount}/*`);
    expect(applies({ ...PUT_OBJECT, resource }, statement)).toBe(true);
    expect(applies({ ...PUT_OBJECT, resource }, statement, { ignoresVariables: true })).toBe(false);
  });

  test("have no variables in a policy without them", () => {
    const resource = `${BUCKET}/\${aws:PrincipalAccount}`;
    expect(applies({ ...PUT_OBJECT, resource }, allow("*", resource), { ignoresVariables: true })).toBe(true);
    expect(applies({ ...PUT_OBJECT, resource }, allow("*", resource), { ignoresVariables: false })).toBe(false);
    expect(applies({ ...PUT_OBJECT, resource }, allow("*", resource))).toBe(false);
  });

  test("that are not known matter unless another one matches", () => {
    const of = (negated: boolean, ...values: readonly (string | typeof UNKNOWN)[]): Applies =>
      applies(PUT_OBJECT, allow("*", "*"), { resources: { negated, values } });
    expect([of(false, UNKNOWN), of(false, UNKNOWN, OBJECT)]).toEqual(["undetermined", true]);
    expect([of(true, UNKNOWN), of(true, UNKNOWN, OBJECT)]).toEqual(["undetermined", false]);
  });

  test("are the role itself in a trust policy, which names none", () => {
    expect(applies(PUT_OBJECT, { Effect: "Allow", Action: "*" })).toBe(true);
  });
});

describe("the conditions of a statement", () => {
  const two = (tls: string): object => ({
    ...allow("*", "*"),
    Condition: { Bool: { "aws:SecureTransport": tls }, StringEquals: { "aws:PrincipalOrgID": "o-1" } },
  });

  test("must all be met", () => {
    expect(applies(PUT_OBJECT, allow("*", "*", WITH_TLS))).toBe(true);
    expect(applies(PUT_OBJECT, allow("*", "*", when("Bool", "aws:SecureTransport", "false")))).toBe(false);
    expect(applies(PUT_OBJECT, two("true"))).toBe("undetermined");
    expect(applies(PUT_OBJECT, two("false"))).toBe(false);
  });

  test("have no variables in a policy without them", () => {
    const statement = allow("*", "*", when("StringEquals", "aws:PrincipalArn", "${aws:PrincipalArn}"));
    expect(applies(PUT_OBJECT, statement)).toBe(true);
    expect(applies(PUT_OBJECT, statement, { ignoresVariables: true })).toBe(false);
  });

  const undetermined = (asked: Asked, statement: object): readonly unknown[] =>
    matchStatement(only(statement), requestOf(asked), OF_IDENTITY).undetermined.map(({ key }) => key);

  test("that a request may meet are named where they matter", () => {
    expect(undetermined(PUT_OBJECT, two("true"))).toEqual(["aws:PrincipalOrgID"]);
  });

  test("are not named where the statement applies, or does not whatever they are", () => {
    const lists = [
      undetermined(PUT_OBJECT, allow("*", "*", WITH_TLS)),
      undetermined(PUT_OBJECT, two("false")),
      undetermined(PUT_OBJECT, allow("*", STREAM, IN_ORGANIZATION)),
      undetermined(PUT_RECORD, allow("s3:*", "*", IN_ORGANIZATION)),
    ];
    expect(lists.map(({ length }) => length)).toEqual([0, 0, 0, 0]);
  });
});

describe("a statement of a policy of the role", () => {
  const match = (statement: object): StatementMatch =>
    matchStatement(only(statement), requestOf(PUT_OBJECT), OF_IDENTITY);

  test("names the role exactly, and at no other level", () => {
    expect(levelsOf(match(allow("*", "*")))).toEqual(["exact"]);
  });

  test("names it perhaps where its conditions are perhaps met", () => {
    expect(levelsOf(match(allow("*", "*", IN_ORGANIZATION)))).toEqual(["exact?"]);
  });

  test.each([allow("iam:*", "*"), allow("*", STREAM), allow("*", "*", when("Bool", "aws:SecureTransport", "false"))])(
    "that does not apply names it at no level: %j",
    (statement) => {
      expect(levelsOf(match(statement))).toEqual([]);
      expect(match(statement).applies).toBe(false);
    },
  );

  test("is in the result", () => {
    const statement = only(allow("*", "*"));
    expect(matchStatement(statement, requestOf(PUT_OBJECT), OF_IDENTITY).statement).toBe(statement);
    expect(matchStatement(statement, requestOf({ ...PUT_OBJECT, action: "" }), OF_IDENTITY).statement).toBe(statement);
  });
});

describe("a statement of the policy of a resource", () => {
  type Named = readonly [applies: Applies, levels: readonly string[]];
  const named = (statement: object, origin: Partial<StatementOrigin> = {}): Named => {
    const match = matchStatement(only(statement), requestOf(PUT_OBJECT), { ...OF_RESOURCE, ...origin });
    return [shown(match.applies), levelsOf(match)];
  };

  test.each<[name: string, principal: unknown, expected: Named]>([
    ["everybody", "*", [true, ["everyone"]]],
    ["the account", { AWS: ROOT }, [true, ["account"]]],
    ["the role", { AWS: ROLE_ARN }, [true, ["role"]]],
    ["a session of the role", { AWS: SESSION }, ["undetermined", ["session?"]]],
    ["the role and its account", { AWS: [ROLE_ARN, ACCOUNT] }, [true, ["account", "role"]]],
    ["another account", { AWS: FOREIGN }, [false, []]],
    ["a service", { Service: "firehose.amazonaws.com" }, [false, []]],
  ])("may name %s", (_, Principal, expected) => {
    expect(named(allow("*", "*", { Principal }))).toEqual(expected);
  });

  test("without a principal applies to nobody", () => {
    expect(named(allow("*", "*"))).toEqual([false, []]);
  });

  test("names at each level only where the rest applies", () => {
    expect(named(allow("*", "*", { Principal: "*", ...IN_ORGANIZATION }))).toEqual(["undetermined", ["everyone?"]]);
    expect(named(allow("*", STREAM, { Principal: "*" }))).toEqual([false, []]);
    expect(named(allow("iam:*", "*", { Principal: "*" }))).toEqual([false, []]);
  });

  test.each<[name: string, ids: readonly string[], ofAllow: Named, ofDeny: Named]>([
    ["another role", [`${ROLE_ARN}2`], [true, ["everyone"]], [true, ["everyone"]]],
    ["the role", [ROLE_ARN], [false, []], ["undetermined", ["everyone?"]]],
    ["the account", [ROOT], [false, []], [true, ["everyone"]]],
    ["the role and its account", [ROLE_ARN, ROOT], [false, []], [false, []]],
    ["a session of the role", [SESSION], ["undetermined", ["everyone?"]], ["undetermined", ["everyone?"]]],
  ])("by NotPrincipal leaves out %s: of an Allow %j, of a Deny %j", (_, AWS, ofAllow, ofDeny) => {
    const NotPrincipal = { AWS };
    expect(named(allow("*", "*", { NotPrincipal }))).toEqual(ofAllow);
    expect(named(deny("*", "*", { NotPrincipal }))).toEqual(ofDeny);
  });

  test("by NotPrincipal in a Deny never leaves out a role with a permissions boundary", () => {
    const NotPrincipal = { AWS: [ROLE_ARN, ROOT] };
    expect(named(deny("*", "*", { NotPrincipal }), { hasBoundary: true })).toEqual([true, ["everyone"]]);
    expect(named(allow("*", "*", { NotPrincipal }), { hasBoundary: true })).toEqual([false, []]);
  });
});
