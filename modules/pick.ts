/** Picks properties of an object by their names. */
export function pick<Source extends object, Name extends keyof Source>(
  source: Source,
  names: readonly Name[],
): { readonly [Each in Name]?: Source[Each] } {
  const picked: { [Each in Name]?: Source[Each] } = {};
  for (const name of names) {
    picked[name] = source[name];
  }
  return picked;
}
