import { decodedLength, normalizedBase64 } from "../../../cli/backup/base64";
import { seededRandom } from "../../helpers/backup";

/** Whole Base64 of data of every length, the longer ones also longer than what is decoded at first. */
const LENGTHS = [0, 1, 2, 3, 4, 5, 255, 49_152, 1000 * 1024, 10];
const dataOf = (length: number): Buffer => Buffer.from(Array.from({ length }, (_, index) => (index * 31) % 256));

describe("Base64", () => {
  test.each(LENGTHS)("of %i bytes has their length, and stays as it is", (length) => {
    const base64 = dataOf(length).toString("base64");
    expect(decodedLength(base64)).toBe(length);
    expect(normalizedBase64(base64, length)).toBe(base64);
  });

  test.each(LENGTHS)("of %i bytes that is wrapped into lines is the same without its line breaks", (length) => {
    const base64 = dataOf(length).toString("base64");
    const wrapped = base64.replace(/.{1,76}/g, "$&\r\n");
    expect(decodedLength(wrapped)).toBe(length);
    expect(normalizedBase64(wrapped, length)).toBe(base64);
  });

  test("in the alphabet for URLs becomes that of RFC 4648, section 4", () => {
    expect(decodedLength("-_-_")).toBe(3);
    expect(normalizedBase64("-_-_", 3)).toBe("+/+/");
  });

  test.each([
    ["eB==", 1, "eA=="],
    ["ef==", 1, "eQ=="],
    ["eHl6eB==", 4, "eHl6eA=="],
    ["eHk/", 3, "eHk/"],
    ["eHl=", 2, "eHk="],
    ["eHl6eHl=", 5, "eHl6eHk="],
  ])("whose last character has unused bits becomes what decoders that check them accept: %s", (text, bytes, normal) => {
    expect(normalizedBase64(text, bytes)).toBe(normal);
  });

  test("of every last character becomes what Node encodes", () => {
    const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";
    for (const character of alphabet) {
      for (const text of [`A${character}==`, `AA${character}=`, `AAA${character}`]) {
        const decoded = Buffer.from(text, "base64");
        expect([text, normalizedBase64(text, decoded.length)]).toEqual([text, decoded.toString("base64")]);
      }
    }
  });

  test.each(["eHl6e", "eA=", "eHl*", "=", "§§§§", "日本", "eA==eA=="])(
    "that is not whole has no length: %j",
    (text) => {
      expect(decodedLength(text)).toBeUndefined();
    },
  );

  test("has a length exactly where Node decodes all of it", () => {
    const random = seededRandom(7);
    const characters = "Aa0+/-_= \n*";
    for (let run = 0; run < 5000; run++) {
      const text = Array.from({ length: Math.floor(random() * 12) }, () =>
        characters.charAt(Math.floor(random() * characters.length)),
      ).join("");
      const decoded = Buffer.from(text, "base64");
      const bytes = decodedLength(text);
      expect([text, bytes ?? decoded.length]).toEqual([text, decoded.length]);
      expect(bytes === undefined ? "" : normalizedBase64(text, bytes)).toBe(
        bytes === undefined ? "" : decoded.toString("base64"),
      );
    }
  });
});
