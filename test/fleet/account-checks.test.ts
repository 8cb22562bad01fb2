import { FLEET_HOST, problemsOf } from "../helpers/fleet";

const ID = "111122223333";
const defaults = { regions: ["eu-west-1"], inputs: FLEET_HOST };
const of = (...accounts: object[]): string[] => problemsOf({ defaults, accounts });

describe("the accounts of a fleet", () => {
  test("are twelve digits", () => {
    expect(of({ id: "1111-2222-3333" })).toEqual([
      'accounts[0].id must be a 12-digit AWS account ID, got "1111-2222-3333". Correct it.',
    ]);
  });

  test("occur once", () => {
    expect(of({ id: ID }, { id: "444455556666" }, { id: ID, regions: ["eu-west-2"] })).toEqual([
      `accounts[2].id must not equal accounts[0].id, got "${ID}" for both. Put the regions into one entry.`,
    ]);
  });

  test("need regions, from somewhere", () => {
    expect(problemsOf({ defaults: { inputs: FLEET_HOST }, accounts: [{ id: ID }] })).toEqual([
      "accounts[0].regions is required where defaults.regions is not set. Add the regions of the account.",
    ]);
  });

  test("have each region once", () => {
    expect(of({ id: ID, regions: ["eu-west-1", "us-east-1", "eu-west-1"] })).toEqual([
      'accounts[0].regions[2] must not equal accounts[0].regions[0], got "eu-west-1" for both. Remove one of them.',
    ]);
  });

  test("have regions of one partition", () => {
    expect(of({ id: ID, regions: ["eu-west-1", "us-east-1", "us-gov-west-1"] })).toEqual([
      'accounts[0].regions must be in one partition, got "eu-west-1" and "us-gov-west-1". Put the regions of another partition into an entry with the id of the account there.',
    ]);
    expect(of({ id: ID, regions: ["us-gov-east-1", "us-gov-west-1"] })).toEqual([]);
  });

  test("have regions with a valid code, also by default", () => {
    expect(of({ id: ID, regions: ["Ireland"] })).toEqual([
      'accounts[0].regions[0] must be the code of an AWS region, such as eu-west-1, got "Ireland". Correct it.',
    ]);
    expect(
      problemsOf({ defaults: { ...defaults, regions: ["eu"] }, accounts: [{ id: ID }, { id: "444455556666" }] }),
    ).toEqual(['defaults.regions[0] must be the code of an AWS region, such as eu-west-1, got "eu". Correct it.']);
  });

  test("of which a region is wrong show no problem that may follow from it", () => {
    expect(of({ id: ID, regions: ["eu-west-1", "Ireland"], assume_role: "Deployer" })).toEqual([
      'accounts[0].regions[1] must be the code of an AWS region, such as eu-west-1, got "Ireland". Correct it.',
    ]);
  });

  test("have a role of their own to assume", () => {
    expect(of({ id: ID, assume_role: "arn:aws:iam::444455556666:role/Deployer" })).toEqual([
      `accounts[0].assume_role must be a role of the account ${ID}, got "arn:aws:iam::444455556666:role/Deployer". ` +
        "Use the account's own role, or {account} in the ARN.",
    ]);
    expect(of({ id: ID, assume_role: "arn:aws:iam::{account}:role/Deployer-{region}" })).toEqual([]);
  });

  test("are named where the role of the defaults is another account's", () => {
    const file = { defaults: { ...defaults, assume_role: `arn:aws:iam::${ID}:role/Deployer` } };
    expect(problemsOf({ ...file, accounts: [{ id: ID }, { id: "444455556666" }] })).toEqual([
      `defaults.assume_role must be a role of the account 444455556666, got "arn:aws:iam::${ID}:role/Deployer". ` +
        "Use the account's own role, or {account} in the ARN.",
    ]);
  });

  test("have a valid role and external id", () => {
    expect(of({ id: ID, assume_role: "Deployer", external_id: "a" })).toEqual([
      'accounts[0].assume_role must be the ARN of an IAM role, got "Deployer". Correct it.',
      "accounts[0].external_id must be at least 2 of the characters a-z A-Z 0-9 _ + = , . @ : / -, got a value that is not shown. Correct it.",
    ]);
  });

  test("have no external id without a role", () => {
    expect(of({ id: ID, external_id: "my-id" })).toEqual([
      "accounts[0].assume_role is required when accounts[0].external_id is set, got none. Add the role, or remove external_id.",
    ]);
  });

  test("have no unknown placeholders", () => {
    expect(
      problemsOf({
        defaults: { ...defaults, assume_role: "arn:aws:iam::{acount}:role/a" },
        accounts: [{ id: ID, inputs: { tags: { team: "{team} {Team} {team}" } } }],
      }),
    ).toEqual([
      "defaults.assume_role must contain only the placeholders {account} and {region}, got {acount}. Correct it.",
      "accounts[0].inputs.tags must contain only the placeholders {account} and {region}, got {team}, {Team}. Correct it.",
      'defaults.assume_role must be the ARN of an IAM role, got "arn:aws:iam::{acount}:role/a". Correct it.',
      'every value in accounts[0].inputs.tags must contain only letters, digits, spaces and _ . : / = + - @, got an invalid value of "team". Shorten, rename or remove tags.',
    ]);
  });
});
