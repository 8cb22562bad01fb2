import { parsedJson } from "../../iam/json";
import { ERROR_LOG_GROUP_PREFIX } from "../../modules/log-criteria";

/** The log groups that the selection criteria of an account policy exclude; undefined if they have another form. */
export function excludedLogGroups(criteria: string): readonly string[] | undefined {
  if (criteria === "") {
    return [];
  }
  const list = /^\s*LogGroupName\s+NOT\s+IN\s*(\[.*\])\s*$/s.exec(criteria)?.[1];
  const names = list === undefined ? undefined : parsedJson(list);
  return Array.isArray(names) ? names.filter((name) => typeof name === "string") : undefined;
}

/** Whether a log group belongs to Kloudfuse's own cluster, by its name; the error log groups of the streams do not. */
export const isOfKloudfuse = (logGroupName: string): boolean =>
  /kloudfuse|kfuse/i.test(logGroupName) && !logGroupName.startsWith(ERROR_LOG_GROUP_PREFIX);
