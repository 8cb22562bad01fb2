import { AccessDeniedError, InterruptedError, UnrecoverableError } from "../../../cli/aws/call";
import { UndeterminedError, UnusableInput } from "../../../cli/exit-codes";
import { runTargets, type TargetAnswer, type TargetsContext } from "../../../cli/fleet/run-targets";
import { targetAccess } from "../../../cli/fleet/target-access";
import type { FleetTarget } from "../../../fleet";
import { fleetTarget } from "../../helpers/fleet";

jest.mock("../../../cli/fleet/target-access", () => ({ targetAccess: jest.fn() }));

const targetsOf = (count: number): FleetTarget[] =>
  Array.from({ length: count }, (_, index) => fleetTarget({ account: String(index) }));
const shown = new Array<string>();
const context = (options: Partial<TargetsContext> = {}): TargetsContext => ({
  abortSignal: new AbortController().signal,
  progress: {
    show: (text) => shown.push(text),
    end: () => shown.push("end"),
  },
  ...options,
});
const outcomes = <T>(answers: readonly TargetAnswer<T>[]): (readonly [string, unknown])[] =>
  answers.map(({ target, answer }) => [target.account, answer]);

beforeEach(() => {
  shown.length = 0;
  jest.mocked(targetAccess).mockReset();
  jest.mocked(targetAccess).mockImplementation(({ region }) => Promise.resolve({ region }));
});

describe("the targets of a fleet", () => {
  test("are answered in their order, whichever is first", async () => {
    const answers = await runTargets(targetsOf(3), context(), async ({ account }) => {
      await new Promise((resolve) => setTimeout(resolve, account === "0" ? 20 : 0));
      return `answer ${account}`;
    });
    expect(outcomes(answers)).toEqual([
      ["0", "answer 0"],
      ["1", "answer 1"],
      ["2", "answer 2"],
    ]);
  });

  test("are read with the access to each", async () => {
    const regions = new Array<unknown>();
    await runTargets(
      [fleetTarget({ region: "us-east-1" }), fleetTarget()],
      context({ profile: "ops" }),
      (_, { region }) => Promise.resolve(regions.push(region)),
    );
    expect(regions.sort()).toEqual(["eu-west-1", "us-east-1"]);
    expect(jest.mocked(targetAccess).mock.calls.map(([, { profile }]) => profile)).toEqual(["ops", "ops"]);
  });

  test.each([
    [8, 8],
    [20, 8],
  ])("of which there are %i are read %i at once", async (count, most) => {
    let [inFlight, highest] = [0, 0];
    await runTargets(targetsOf(count), context(), async () => {
      highest = Math.max(highest, ++inFlight);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inFlight -= 1;
    });
    expect(highest).toBe(most);
  });

  test("of which one cannot be reached hide nothing of the others", async () => {
    jest
      .mocked(targetAccess)
      .mockImplementation(({ account, region }) =>
        account === "1" ? Promise.reject(new AccessDeniedError("AWS denied it.")) : Promise.resolve({ region }),
      );
    const answers = await runTargets(targetsOf(3), context(), ({ account }) =>
      account === "2" ? Promise.reject(new UndeterminedError("AWS is away.")) : Promise.resolve("read"),
    );
    const expected: [string, unknown][] = [
      ["0", "read"],
      ["1", new AccessDeniedError("AWS denied it.")],
      ["2", new UndeterminedError("AWS is away.")],
    ];
    expect(outcomes(answers)).toEqual(expected);
  });

  test("are counted while they are read", async () => {
    await runTargets(targetsOf(1), context(), () => Promise.resolve("read"));
    expect(shown).toEqual(["0 of 1 stack read", "1 of 1 stack read", "end"]);
  });

  test("are undetermined once the command is interrupted; what was read is kept", async () => {
    const controller = new AbortController();
    const answers = await runTargets(targetsOf(10), context({ abortSignal: controller.signal }), ({ account }) => {
      if (account === "0") {
        return Promise.resolve("read");
      }
      controller.abort();
      return Promise.reject(new InterruptedError());
    });
    expect(outcomes(answers)).toEqual([
      ["0", "read"],
      ...Array.from({ length: 9 }, (_, index) => [String(index + 1), new InterruptedError()]),
    ]);
  });

  test("end the command where the credentials work for none", async () => {
    jest.mocked(targetAccess).mockRejectedValue(new UnrecoverableError("Renew them."));
    await expect(runTargets(targetsOf(2), context(), () => Promise.resolve())).rejects.toThrow(
      new UnrecoverableError("Renew them."),
    );
    expect(shown.at(-1)).toBe("end");
  });

  test("end the command with input that cannot be used", async () => {
    jest.mocked(targetAccess).mockRejectedValue(new UnusableInput("Choose another profile."));
    await expect(runTargets(targetsOf(2), context(), () => Promise.resolve())).rejects.toThrow(
      new UnusableInput("Choose another profile."),
    );
  });
});
