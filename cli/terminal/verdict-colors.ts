import type { Verdict } from "../checks/check";
import type { Colors } from "./color";

/** The color of each verdict. */
export const VERDICT_COLORS: Readonly<Record<Verdict, (colors: Colors) => (text: string) => string>> = {
  ok: ({ green }) => green,
  note: ({ yellow }) => yellow,
  problem: ({ red }) => red,
  unknown: ({ magenta }) => magenta,
};
