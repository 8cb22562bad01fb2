// JSON.stringify escapes the control characters below U+0020 only.
const CONTROL_CHARACTERS = /[\u007f-\u009f\p{Cf}\u2028\u2029]/gu;

/** A value as indented JSON. Escapes characters that could control a terminal, so that none is lost. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value, null, 2).replace(CONTROL_CHARACTERS, (character) =>
    character
      .split("")
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`)
      .join(""),
  );
  return `${text}\n`;
}
