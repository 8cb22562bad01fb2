/** Enough for the strings of some hundred policies; the oldest results are evicted. */
const MAX_RESULTS = 5000;

/** Caches the newest results of a function of a string: the same ARNs and patterns recur. */
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

/** Caches the results of a function of an immutable object, as long as the object exists. */
export function memoizedByObject<Key extends object, Result>(compute: (key: Key) => Result): (key: Key) => Result {
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
