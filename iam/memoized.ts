/** Enough for all texts of some hundred policies; the oldest results make room for new ones. */
const MAX_RESULTS = 5000;

/** A function of a text that remembers its newest results: the same ARNs and patterns meet again and again. */
export function memoized<Result>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, { readonly result: Result }>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) {
      return known.result;
    }
    const result = compute(text);
    if (results.size === MAX_RESULTS) {
      for (const [oldest] of results) {
        results.delete(oldest);
        break;
      }
    }
    results.set(text, { result });
    return result;
  };
}
