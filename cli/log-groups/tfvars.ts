import { UndeterminedError } from "../exit-codes";
import { plural } from "../numbers";
import { headerOf } from "../terminal/report";
import { printable } from "../text";
import { type ListedLogGroup, type LogGroupsReport, sizeText } from "./report";

/**
 * The module's input `log_groups` as a variables file, to review and to commit.
 *
 * @throws UndeterminedError where a log group is undetermined: without its entry, Terraform would unsubscribe it
 */
export function tfvarsOf(report: LogGroupsReport): string {
  const { groups, reasons } = report;
  const unknown = groups.filter(({ subscription }) => subscription.state === "unknown");
  if (unknown.length > 0) {
    throw new UndeterminedError(
      `log_groups could not be determined for ${plural(unknown.length, "log group")}, such as ${unknown[0]?.name ?? ""}. ${reasons.join(" ") || (unknown[0]?.subscription.remedy ?? "")}`,
    );
  }
  const [listed, others] = [groups.filter(isListed), groups.filter((group) => !isListed(group))];
  return [
    `# ${headerOf(report)}`,
    "# Review and commit. A key is part of the resource address: where a log group has another key already, keep it.",
    ...reasons.map((reason) => `# Undetermined: ${printable(reason)}`),
    ...entries(listed),
    ...(others.length === 0 ? [] : ["", "# Not in the map:", ...others.map(commentOf)]),
    "",
  ].join("\n");
}

/** Whether a log group is in the map: it can be subscribed, or the module subscribed it already. */
const isListed = ({ subscription: { state, hasModuleFilter }, isErrorLog }: ListedLogGroup): boolean =>
  !isErrorLog && (state === "open" || hasModuleFilter);

/** The map, aligned as terraform fmt aligns it. A log group's name has no character that HCL escapes. */
function entries(groups: readonly ListedLogGroup[]): string[] {
  if (groups.length === 0) {
    return ["log_groups = {}"];
  }
  const width = Math.max(...groups.map(({ name }) => name.length));
  const lines = groups.map((group) => {
    const padding = " ".repeat(width - group.name.length);
    const text = [...(group.subscription.hasModuleFilter ? ["subscribed already"] : []), sizeText(group)].join(", ");
    return `  "${group.name}"${padding} = "${group.name}"${padding} # ${text}`;
  });
  return ["log_groups = {", ...lines, "}"];
}

const commentOf = ({ name, subscription: { reason } }: ListedLogGroup): string => `# ${name}: ${printable(reason)}`;
