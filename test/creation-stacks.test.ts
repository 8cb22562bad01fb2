import { App, Lazy, TerraformStack } from "cdktf";
import { withoutCreationStacks } from "../modules";

const createToken = (): readonly string[] => Lazy.anyValue({ produce: () => "value" }).creationStack;

describe("withoutCreationStacks", () => {
  test("returns what the action returns", () => {
    expect(withoutCreationStacks(() => 42)).toBe(42);
  });

  test("records no creation stack for a token, where the framework records one", () => {
    expect(createToken()).not.toEqual([]);
    expect(withoutCreationStacks(createToken)).toEqual([]);
  });

  test("leaves errors their stack", () => {
    const failure = withoutCreationStacks(() => new TypeError("failed"));
    expect(failure.stack).toMatch(/^TypeError: failed\n +at .*creation-stacks\.test\.ts/);
  });

  test("leaves an error the stack that it asks for, without the frames that it leaves out", () => {
    const failed = (): Error => {
      const error = new Error("failed");
      error.stack = "";
      Error.captureStackTrace(error, failed);
      return error;
    };
    const { stack } = withoutCreationStacks(failed);
    expect(stack).toMatch(/^Error: failed\n/);
    expect(stack).not.toContain("failed (");
  });

  test("records creation stacks again afterwards, also when the action throws", () => {
    expect(() =>
      withoutCreationStacks(() => {
        throw new Error("invalid");
      }),
    ).toThrow("invalid");
    expect(createToken()).not.toEqual([]);
  });

  test("synthesizes the same stack", () => {
    const synthesized = (): unknown => new TerraformStack(new App(), "stack").toTerraform();
    expect(withoutCreationStacks(synthesized)).toEqual(synthesized());
  });
});
