import type { Statement } from "./statement";
import { UNKNOWN } from "./unknown";

/**
 * A statement of a resource-based policy whose unknown resources are replaced by `*`: AWS only accepts the resource
 * itself, or parts of it, there.
 */
export const withOwnResource = <S extends Statement>(statement: S): S =>
  statement.resources?.negated === false && statement.resources.values.includes(UNKNOWN) && statement.effect === "Allow"
    ? { ...statement, resources: { negated: false, values: ["*"] } }
    : statement;
