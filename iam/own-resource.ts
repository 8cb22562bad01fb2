import type { Statement } from "./statement";
import { UNKNOWN } from "./unknown";

/**
 * A statement of the policy of a resource. AWS takes only the resource itself there: one that is not known is the
 * resource or a part of it.
 */
export const inOwnResource = <S extends Statement>(statement: S): S =>
  statement.resources?.negated === false && statement.resources.values.includes(UNKNOWN) && statement.effect === "Allow"
    ? { ...statement, resources: { negated: false, values: ["*"] } }
    : statement;
