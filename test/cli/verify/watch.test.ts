import { UnrecoverableError } from "../../../cli/aws/call";
import { UndeterminedError } from "../../../cli/exit-codes";
import { watch, type WatchOptions } from "../../../cli/verify/watch";
import { fakeTerminal } from "../../helpers/terminal";

/** Watches until the evaluations are used up, and returns what is on the terminal. */
async function watched(
  evaluations: readonly WatchOptions["evaluate"][],
  options: Partial<WatchOptions> & { readonly isTTY?: boolean } = {},
): Promise<{ readonly text: string; readonly error: unknown }> {
  const controller = new AbortController();
  const terminal = fakeTerminal({ isTTY: options.isTTY ?? false });
  const rest = [...evaluations];
  const error: unknown = await watch({
    evaluate: async () => {
      const evaluate = rest.shift();
      if (rest.length === 0) {
        setTimeout(() => {
          controller.abort();
        }, 5);
      }
      return evaluate === undefined ? "" : await evaluate();
    },
    format: "table",
    seconds: 0.01,
    terminal,
    abortSignal: controller.signal,
    ...options,
  }).catch((thrown: unknown) => thrown);
  return { text: terminal.written(), error };
}

const works = () => Promise.resolve("report\n");
const fails = () => Promise.reject(new UndeterminedError("AWS is away."));

describe("--watch", () => {
  test("repeats until the command is interrupted", async () => {
    const { text, error } = await watched([works, works]);
    expect({ text, error }).toEqual({
      text: "report\nreport\n",
      error: new UnrecoverableError("Interrupted before the end."),
    });
  });

  test("shows an evaluation that failed, and makes the next one", async () => {
    expect((await watched([fails, works])).text).toBe("kloudfuse-firehose: AWS is away.\nreport\n");
  });

  test("ends without credentials", async () => {
    const { text, error } = await watched([() => Promise.reject(new UnrecoverableError("Renew them.")), works]);
    expect({ text, error }).toEqual({ text: "", error: new UnrecoverableError("Renew them.") });
  });

  test("redraws a terminal, and never JSON", async () => {
    expect((await watched([works], { isTTY: true })).text).toBe("\u001b[H\u001b[2J\u001b[3Jreport\n");
    expect((await watched([works], { isTTY: true, format: "json" })).text).toBe("report\n");
  });
});
