import { editDistance } from "../iam/edit-distance";
import { BACKEND_SETTINGS, environmentVariable } from "./backend";

const SETTINGS = [...BACKEND_SETTINGS, "fleet"];
const VARIABLES = SETTINGS.map(environmentVariable);
const PREFIX = environmentVariable("");

/** More differences than this are another name. */
const MAX_EDITS = 2;

/**
 * Rejects what is nearly the name of a setting: without it the app would use local state, or no fleet, without a word.
 *
 * @throws Error naming the setting that is meant
 */
export function rejectMisspelledSettings(
  context: Readonly<Record<string, unknown>>,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  for (const name of Object.keys(context).filter((key) => !SETTINGS.includes(key))) {
    const meant = SETTINGS.find((setting) => isNearly(name, setting));
    if (meant !== undefined) {
      throw new Error(
        `The context of cdktf.json must have settings by their own names, got ${name}. Rename it to ${meant}.`,
      );
    }
  }
  for (const name of Object.keys(environment).filter((key) => key.startsWith(PREFIX) && !VARIABLES.includes(key))) {
    throw new Error(`${name} in the environment must be one of ${VARIABLES.join(", ")}. Rename or remove it.`);
  }
}

const isNearly = (name: string, setting: string): boolean =>
  editDistance(name.toLowerCase(), setting.toLowerCase()) <= Math.min(MAX_EDITS, setting.length / 4);
