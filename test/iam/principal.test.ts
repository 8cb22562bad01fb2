import { accountNamedBy, matchPrincipal, type PrincipalMatch, type Requester } from "../../iam/principal";
import type { Principal } from "../../iam/statement";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, FOREIGN, ROLE_ARN } from "./tables";

const ROLE: Requester = { kind: "role", arn: ROLE_ARN, accountId: ACCOUNT };
const IN_PATH: Requester = { ...ROLE, arn: `arn:aws:iam::${ACCOUNT}:role/path/firehose` };
const OF_ACCOUNT: Requester = { kind: "account", accountId: ACCOUNT };
const USER_ARN = `arn:aws:iam::${ACCOUNT}:user/adam`;
const USER: Requester = { ...OF_ACCOUNT, arn: USER_ARN };
const ANONYMOUS: Requester = { kind: "anonymous" };
const SERVICE: Requester = { kind: "service", names: ["logs.amazonaws.com", "logs.eu-west-1.amazonaws.com"] };
const FEDERATED: Requester = { kind: "federated", provider: "accounts.google.com" };
const session = (role: string, name = "session", account = ACCOUNT): string =>
  `arn:aws:sts::${account}:assumed-role/${role}/${name}`;

/** The levels that a principal names a requester at; a `?` after one that is not known. */
const levelsOf = (match: PrincipalMatch): readonly string[] =>
  Object.entries(match).flatMap(([level, isNamed]) =>
    isNamed === false ? [] : [isNamed === true ? level : `${level}?`],
  );

type PrincipalRow = readonly [
  type: Principal["type"],
  id: Principal["id"],
  requester: Requester,
  levels: readonly string[],
];

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
const ROWS: readonly PrincipalRow[] = [
  ["*", "*", ANONYMOUS, ["everyone"]],
  ["*", "*", ROLE, ["everyone"]],
  ["AWS", "*", ANONYMOUS, ["everyone"]],
  ["AWS", "*", SERVICE, ["everyone"]],
  ["AWS", UNKNOWN, ANONYMOUS, ["everyone?"]],
  ["AWS", ACCOUNT, ANONYMOUS, []],
  ["Service", UNKNOWN, ANONYMOUS, []],
  ["CanonicalUser", UNKNOWN, ANONYMOUS, []],
  ["Service", "logs.amazonaws.com", SERVICE, ["exact"]],
  ["Service", "logs.eu-west-1.amazonaws.com", SERVICE, ["exact"]],
  ["Service", "logs.us-east-1.amazonaws.com", SERVICE, []],
  ["Service", "*", SERVICE, ["exact?"]],
  ["Service", UNKNOWN, SERVICE, ["exact?"]],
  ["Federated", "logs.amazonaws.com", SERVICE, []],
  ["Federated", "accounts.google.com", FEDERATED, ["exact"]],
  ["Federated", "www.amazon.com", FEDERATED, []],
  ["Federated", UNKNOWN, FEDERATED, ["exact?"]],
  ["Service", "accounts.google.com", FEDERATED, []],
  ["AWS", ACCOUNT, ROLE, ["account"]],
  ["AWS", `arn:aws:iam::${ACCOUNT}:root`, ROLE, ["account"]],
  ["AWS", `arn:aws-cn:iam::${ACCOUNT}:root`, ROLE, ["account"]],
  ["AWS", FOREIGN, ROLE, []],
  ["AWS", ACCOUNT, { ...ROLE, accountId: UNKNOWN }, ["account?"]],
  ["AWS", ROLE_ARN, ROLE, ["role"]],
  ["AWS", `${ROLE_ARN}2`, ROLE, []],
  ["AWS", ROLE_ARN, { ...ROLE, arn: UNKNOWN }, ["role?"]],
  ["AWS", `arn:aws:iam::${FOREIGN}:role/${ACCOUNT}`, ROLE, []],
  ["AWS", UNKNOWN, ROLE, ["account?", "exact?"]],
  ["Service", UNKNOWN, ROLE, []],
  ["Service", ROLE_ARN, ROLE, []],
  ["CanonicalUser", "79a59df900b949e5", ROLE, ["account?"]],
  ["AWS", "AROAIOSFODNN7EXAMPLE", ROLE, ["role?"]],
  ["AWS", "AIDAIOSFODNN7EXAMPLE", ROLE, []],
  ["AWS", session("firehose"), ROLE, ["session?"]],
  ["AWS", session("firehose"), IN_PATH, ["session?"]],
  ["AWS", session("firehose", "a/b"), ROLE, ["session?"]],
  ["AWS", session("hose"), ROLE, []],
  ["AWS", session("fire"), ROLE, []],
  ["AWS", session("firehose", "session", FOREIGN), ROLE, []],
  ["AWS", session("firehose").replace("aws", "aws-cn"), ROLE, []],
  ["AWS", session("firehose", "*"), ROLE, []],
  ["AWS", session("firehose", "s*"), ROLE, []],
  ["AWS", session("fire*"), ROLE, []],
  ["AWS", `x${session("firehose")}`, ROLE, []],
  ["AWS", `arn:aws:sts::${ACCOUNT}:assumed-role/firehose`, ROLE, []],
  ["AWS", session("firehose"), { ...ROLE, arn: UNKNOWN }, ["session?"]],
  ["AWS", USER_ARN, USER, ["exact"]],
  ["AWS", `${USER_ARN}2`, USER, []],
  ["AWS", ACCOUNT, USER, ["account"]],
  ["AWS", USER_ARN, OF_ACCOUNT, ["exact?"]],
  ["AWS", session("firehose"), OF_ACCOUNT, ["exact?"]],
  ["AWS", USER_ARN, { ...OF_ACCOUNT, accountId: FOREIGN }, []],
  ["AWS", USER_ARN, { ...OF_ACCOUNT, accountId: UNKNOWN }, ["exact?"]],
  ["AWS", `x${USER_ARN}`, OF_ACCOUNT, []],
  ["AWS", `arn:aws:iam::${ACCOUNT}:user/*`, OF_ACCOUNT, []],
  ["AWS", `${USER_ARN}?`, OF_ACCOUNT, []],
  ["AWS", `arn:aws:s3::${ACCOUNT}:user/adam`, OF_ACCOUNT, []],
  ["AWS", "adam", OF_ACCOUNT, []],
  ["AWS", "AIDAIOSFODNN7EXAMPLE", OF_ACCOUNT, ["exact?"]],
  ["AWS", "AIDAIOSFODNN7", OF_ACCOUNT, []],
  ["AWS", "xAIDAIOSFODNN7EXAMPLE", OF_ACCOUNT, []],
  ["AWS", "AIDAIOSFODNN7EXAMPLE/", OF_ACCOUNT, []],
  ["AWS", "Aidaiosfodnn7example", OF_ACCOUNT, []],
];

test.each(ROWS)("%s %p names %p at the levels %p", (type, id, requester, levels) => {
  expect(levelsOf(matchPrincipal({ type, id }, requester))).toEqual(levels);
});

test.each<[id: string, account: string | undefined]>([
  [ACCOUNT, ACCOUNT],
  [`arn:aws:iam::${ACCOUNT}:root`, ACCOUNT],
  [`arn:aws-us-gov:iam::${ACCOUNT}:root`, ACCOUNT],
  [USER_ARN, undefined],
  [`arn:aws:iam::${FOREIGN}:user/${ACCOUNT}`, undefined],
  [`${ACCOUNT}3`, undefined],
  [`${ACCOUNT}:rooted`, undefined],
])("%s names the account %s as a whole", (id, account) => {
  expect(accountNamedBy(id)).toBe(account);
});
