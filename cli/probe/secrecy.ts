/** What stands for a secret. */
export const MASK = "***";
const LONGEST_QUOTE = 200;

/** The text with every occurrence of a secret masked, as it stands and as JSON writes it. */
export function masked(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
}

/** Foreign text for a message: masked before it is shortened, and without what could command a terminal. */
export function quoted(text: string, secrets: readonly string[]): string {
  const line = masked(text, secrets)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return `"${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line}"`;
}
