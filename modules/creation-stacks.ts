/**
 * Runs `action` without the creation stacks of CDKTF's tokens. The framework records where each token was created, which
 * takes most of the memory of a stack and cannot be configured. Useful in an app with many stacks; the drawback is that
 * an error about a token that cannot be resolved does not say where the token was created.
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
