import { memoized, memoizedByObject } from "../../iam/memoized";

describe("a function of a text", () => {
  const counting = (): { readonly ask: (text: string) => readonly string[]; readonly computed: string[] } => {
    const computed: string[] = [];
    const ask = memoized((text): readonly string[] => {
      computed.push(text);
      return [text];
    });
    return { ask, computed };
  };

  test("computes each text once, and gives the same result", () => {
    const { ask, computed } = counting();
    expect(ask("a")).toEqual(["a"]);
    expect(ask("a")).toBe(ask("a"));
    expect(ask("")).toEqual([""]);
    expect(ask("")).toEqual([""]);
    expect(computed).toEqual(["a", ""]);
  });

  test("remembers 5,000 texts, and forgets the oldest one for the next", () => {
    const { ask, computed } = counting();
    for (let text = 0; text < 5000; text += 1) {
      ask(String(text));
    }
    ask("0");
    expect(computed).toHaveLength(5000);
    ask("more");
    ask("1");
    expect(computed.slice(5000)).toEqual(["more"]);
    ask("0");
    expect(computed.slice(5000)).toEqual(["more", "0"]);
  });
});

describe("a function of an object", () => {
  test("computes each object once, whatever the result", () => {
    const computed: object[] = [];
    const ask = memoizedByObject((key: object) => {
      computed.push(key);
      return null;
    });
    const [one, other] = [{}, {}];
    expect([ask(one), ask(one), ask(other)]).toEqual([null, null, null]);
    expect(computed).toEqual([one, other]);
    expect(computed[0]).toBe(one);
  });
});
