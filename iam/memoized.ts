/** Enough for all texts of some hundred policies; the oldest results make room for new ones. */
const MAX_RESULTS = 5000;

/** A function of a text that remembers its newest results: the same ARNs and patterns meet again and again. */
export function memoized<Result extends object>(compute: (text: string) => Result): (text: string) => Result {
  const results = new Map<string, Result>();
  return (text) => {
    const known = results.get(text);
    if (known !== undefined) {
      return known;
    }
    const [oldest] = results.keys();
    if (oldest !== undefined && results.size === MAX_RESULTS) {
      results.delete(oldest);
    }
    const result = compute(text);
    results.set(text, result);
    return result;
  };
}

/** A function of an object that does not change, which remembers its result as long as the object lives. */
export function oncePer<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
  const results = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    let known = results.get(key);
    if (known === undefined) {
      known = { result: compute(key) };
      results.set(key, known);
    }
    return known.result;
  };
}
