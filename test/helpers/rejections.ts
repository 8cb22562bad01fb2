/** A value and the error it gets, without the input's name in front. */
export type Rejection = readonly [value: unknown, rest: string];

export const repeat = (text: string, length: number): string => text.repeat(length);
export const map = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`name${index}`, "value"]));

/** Rejections that show the text. */
export const texts = (rule: string, advice: string, values: readonly string[]): Rejection[] =>
  values.map((value) => [value, `must ${rule}, got "${value}". ${advice}`]);

/** Rejections that show the number. */
export const numbers = (rule: string, advice: string, values: readonly number[]): Rejection[] =>
  values.map((value) => [value, `must ${rule}, got ${value}. ${advice}`]);

/** Rejections that show something else than the value, such as its length. */
export const shownAs = (rule: string, advice: string, shown: string, values: readonly unknown[]): Rejection[] =>
  values.map((value) => [value, `must ${rule}, got ${shown}. ${advice}`]);
