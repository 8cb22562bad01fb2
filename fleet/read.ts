import { readFileSync } from "node:fs";
import { asObject, parsedJson } from "../iam/json";
import { checkAccounts, hasValidLocations } from "./account-checks";
import { fleetFileOf } from "./file";
import type { Fleet } from "./fleet";
import { jsonProblem } from "./json-problems";
import { mergedAccounts } from "./merge";
import { checkState, stateOf } from "./state";
import { Problems } from "./problems";
import { checkStructure } from "./structure";
import { checkTargets } from "./target-checks";

/**
 * Reads a fleet file.
 *
 * @throws Error that lists every problem, each with its path in the file
 */
export function readFleet(path: string): Fleet {
  const text = readText(path);
  const problem = jsonProblem(text);
  if (problem !== undefined) {
    const { line, column, message } = problem;
    throw new Error(`${path}, line ${line}, column ${column}: the file ${message}. Correct it.`);
  }
  const value = parsedJson(text);
  const problems = new Problems();
  checkStructure(value, problems);
  // The rules require values of the correct type.
  problems.throwIfAny(path);
  const file = fleetFileOf(value);
  const accounts = mergedAccounts(file);
  checkAccounts(file, accounts, problems);
  checkState(file, accounts, problems);
  checkTargets(accounts.filter(hasValidLocations), problems);
  problems.throwIfAny(path);
  const state = stateOf(file);
  return { path, accounts: accounts.map(({ account }) => account), ...(state === undefined ? {} : { state }) };
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8").replace(/^\uFEFF/, "");
  } catch (error) {
    const reason = String(asObject(error)["code"] ?? error);
    throw new Error(`${path} must be a fleet file that can be read, got ${reason}. Check the path.`, { cause: error });
  }
}
