import type * as Interrupt from "../../cli/interrupt";

/** Of a process that was not interrupted yet. */
let own: typeof Interrupt;
let exit: jest.SpyInstance;
const listeners = new Map<string | symbol, () => void>();

beforeEach(() => {
  jest.isolateModules(() => {
    own = jest.requireActual<typeof Interrupt>("../../cli/interrupt");
  });
  listeners.clear();
  jest.spyOn(process, "on").mockImplementation((event: string | symbol, listener: () => void) => {
    listeners.set(event, listener);
    return process;
  });
  exit = jest.spyOn(process, "exit").mockImplementation((code) => {
    throw new Error(`exit ${String(code)}`);
  });
});

afterEach(() => {
  jest.restoreAllMocks();
});

const send = (signal: string): void => {
  listeners.get(signal)?.();
};

describe("a command", () => {
  test("is not interrupted at first, and listens to both signals", () => {
    expect(own.interruptSignal().aborted).toBe(false);
    expect(own.interruptedExitCode()).toBeUndefined();
    expect([...listeners.keys()]).toEqual(["SIGINT", "SIGTERM"]);
  });

  test.each([
    ["SIGINT", 130],
    ["SIGTERM", 143],
  ])("is aborted by the first %s, to report what it did, and ends with %d", (signal, exitCode) => {
    const aborted = own.interruptSignal();
    send(signal);
    expect(aborted.aborted).toBe(true);
    expect(own.interruptedExitCode()).toBe(exitCode);
    expect(exit).not.toHaveBeenCalled();
  });

  test.each([
    ["SIGINT", "SIGINT", 130],
    ["SIGINT", "SIGTERM", 143],
    ["SIGTERM", "SIGINT", 130],
  ])("ends at once by the second signal: %s, %s", (first, second, exitCode) => {
    own.interruptSignal();
    send(first);
    expect(() => {
      send(second);
    }).toThrow(`exit ${exitCode}`);
  });
});
