import { UndeterminedError } from "../exit-codes";
import type { AdoptionInventory } from "./inventory";
import type { RoleUser } from "./read-stream-uses";

/** A source of any kind: what it points at, and whose role it puts records with. */
interface SourceWithRole {
  readonly name: string;
  readonly roleArn: string;
  readonly destinationArn: string;
}

/** The sources of other delivery streams, with the roles that they put records with, as far as they are known. */
export function sourceUsers({ sources, streams }: Pick<AdoptionInventory, "sources" | "streams">): RoleUser[] {
  const isOther = ({ destinationArn }: SourceWithRole): boolean => !streams.some(({ arn }) => arn === destinationArn);
  const usersOf = <Source extends SourceWithRole>(
    answer: readonly Source[] | UndeterminedError = [],
    textOf: (source: Source) => string,
  ): RoleUser[] =>
    answer instanceof UndeterminedError
      ? []
      : answer.filter(isOther).map((source) => ({ roleArn: source.roleArn, user: textOf(source) }));
  return [
    ...usersOf(sources?.filters, ({ name, logGroup }) => `subscription filter ${name} of ${logGroup}`),
    ...usersOf(sources?.metricStreams, ({ name }) => `metric stream ${name}`),
    ...usersOf(sources?.accountPolicies, ({ name }) => `account policy ${name}`),
  ];
}
