/**
 * Runs `action` without the creation stacks of CDKTF's tokens: the framework records for each token where it was
 * created, which is most of the memory of a stack, and has no setting for it. Worth it in an app of many stacks.
 * What is lost: an error about a token that cannot be resolved does not say where that token was created.
 *
 * @example
 * withoutCreationStacks(() => {
 *   const app = new App();
 *   // hundreds of stacks
 *   app.synth();
 * });
 */
export function withoutCreationStacks<Result>(action: () => Result): Result {
  const captureStackTrace = Error.captureStackTrace.bind(Error);
  const descriptor = Object.getOwnPropertyDescriptor(Error, "captureStackTrace");
  Error.captureStackTrace = (target, below) => {
    // The framework records a creation stack in a plain object. Errors keep their stacks.
    if (target instanceof Error) {
      captureStackTrace(target, below);
    }
  };
  try {
    return action();
  } finally {
    Object.defineProperty(Error, "captureStackTrace", { ...descriptor });
  }
}
