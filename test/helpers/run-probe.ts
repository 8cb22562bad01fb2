import type { Check } from "../../cli/checks/check";
import type { ProbeOptions, ProbeOverrides } from "../../cli/probe/options";
import { probe } from "../../cli/probe/probe";
import { asObject } from "../../iam/json";

const VERDICTS = ["ok", "note", "problem"] as const;

export interface ProbeRun {
  readonly exitCode: number;
  readonly output: string;
}

/** Runs the command without a process of its own, and takes what it prints. */
export async function run(
  host: string | undefined,
  options: Partial<ProbeOptions> = {},
  overrides: ProbeOverrides = {},
): Promise<ProbeRun> {
  let output = "";
  const write = jest.spyOn(process.stdout, "write").mockImplementation((text) => {
    output += String(text);
    return true;
  });
  try {
    const all = { abortSignal: new AbortController().signal, ...overrides };
    return { exitCode: await probe(host, { format: "json", all: true, timeout: "5", ...options }, all), output };
  } finally {
    write.mockRestore();
  }
}

/** The checks that were printed as JSON. */
export function checksOf({ output }: ProbeRun): Check[] {
  const printed: unknown = JSON.parse(output);
  const { checks } = asObject(printed);
  return (Array.isArray(checks) ? checks : [])
    .map(asObject)
    .map(({ subject, name, verdict, found, remedy }): Check => ({
      subject: String(subject),
      name: String(name),
      verdict: VERDICTS.find((known) => known === verdict) ?? "unknown",
      found: String(found),
      remedy: String(remedy),
    }));
}

/** Verdict, name and what was found of the checks that are not ok, in a line each. */
export const faultsOf = (ran: ProbeRun): string[] =>
  checksOf(ran)
    .filter(({ verdict }) => verdict !== "ok")
    .map(({ verdict, name, found }) => `${verdict} ${name}: ${found}`);

export const namesOf = (ran: ProbeRun): string[] => checksOf(ran).map(({ verdict, name }) => `${verdict} ${name}`);
