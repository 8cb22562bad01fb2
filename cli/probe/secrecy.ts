import { shortened } from "../text";

/** What stands for a secret. */
export const MASK = "***";
const MAX_QUOTE_LENGTH = 200;

/** The text with every occurrence of a secret masked, as it stands and as JSON writes it. */
export function masked(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
}

/** Foreign text for a message: masked before it is shortened, so that no part of a secret is left. */
export const quotedWithoutSecrets = (text: string, secrets: readonly string[]): string =>
  `"${shortened(masked(text, secrets), MAX_QUOTE_LENGTH)}"`;
