import { shortened } from "../text";

/** Replaces a secret in output. */
export const MASK = "***";
const MAX_QUOTE_LENGTH = 200;

/** Masks every occurrence of the secrets in a text, also JSON-escaped ones. */
export function masked(text: string, secrets: readonly string[]): string {
  const forms = secrets
    .filter((secret) => secret !== "")
    .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)]);
  return forms.reduce((rest, form) => rest.replaceAll(form, MASK), text);
}

/** Quotes text of others in a message. Masks before it shortens, so that no part of a secret remains. */
export const quotedWithoutSecrets = (text: string, secrets: readonly string[]): string =>
  `"${shortened(masked(text, secrets), MAX_QUOTE_LENGTH)}"`;
