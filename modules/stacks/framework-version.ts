import type { StackJson } from "./addresses";

/** The JSON of a stack without the framework's version, so that an update of the framework does not change the JSON. */
export function withoutFrameworkVersion({ "//": comment, ...terraform }: StackJson): StackJson {
  if (comment === undefined) {
    return terraform;
  }
  const { version: _version, ...metadata } = comment.metadata;
  return { "//": { ...comment, metadata }, ...terraform };
}
