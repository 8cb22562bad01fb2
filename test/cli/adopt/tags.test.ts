import { tagsPart } from "../../../cli/adopt/tags";
import { UndeterminedError } from "../../../cli/exit-codes";
import { linesOf } from "../../helpers/adoption";

describe("the tags", () => {
  test("of all resources are one map", () => {
    const part = tagsPart([
      { subject: "a", tags: { team: "x" } },
      { subject: "b", tags: { team: "x", owner: "y" } },
    ]);
    expect(part.inputs).toEqual({ tags: { team: "x", owner: "y" } });
    expect(linesOf(part)).toEqual(["change tags: tags: set on every resource that supports tags: owner"]);
  });

  test("with two values keep the first one", () => {
    const part = tagsPart([
      { subject: "stream a", tags: { team: "x" } },
      { subject: "role b", tags: { team: "y" } },
    ]);
    expect(part.inputs).toEqual({ tags: { team: "x" } });
    expect(linesOf(part)).toEqual([
      'change role b: tag team: "y" becomes "x", the value on stream a: the module has one map of tags',
    ]);
  });

  test("are none where there are none, and without AWS's own", () => {
    expect(tagsPart([]).inputs).toEqual({});
    expect(tagsPart([{ subject: "a", tags: { "aws:x": "y" } }])).toEqual({ items: [], imports: [], inputs: {} });
  });

  test("show a stack of CloudFormation that owns a resource", () => {
    expect(linesOf(tagsPart([{ subject: "a", tags: { "aws:cloudformation:stack-name": "telemetry" } }]))).toEqual([
      "change a: CloudFormation: the stack telemetry created it, and may still manage it",
    ]);
  });

  test("are undetermined where AWS does not list them: Terraform would remove them", () => {
    const tags = new UndeterminedError("AWS denied it. Grant it.");
    expect(linesOf(tagsPart([{ subject: "a", tags }]))).toEqual(["unknown a: tags: AWS denied it."]);
  });

  test("that break a rule of the input are passed on to the check of all inputs", () => {
    const part = tagsPart([{ subject: "a", tags: { team: "x", Team: "y" } }]);
    expect(part).toEqual({ items: [], imports: [], inputs: { tags: { team: "x", Team: "y" } } });
  });
});
