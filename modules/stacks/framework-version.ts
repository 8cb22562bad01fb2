import type { StackJson } from "./addresses";

/** The JSON of a stack without the framework's version, which would change it with every update of the framework. */
export function withoutFrameworkVersion({ "//": comment, ...terraform }: StackJson): StackJson {
  if (comment === undefined) {
    return terraform;
  }
  const { version: _version, ...metadata } = comment.metadata;
  return { "//": { ...comment, metadata }, ...terraform };
}
