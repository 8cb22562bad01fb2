import { keysPart } from "../../../cli/adopt/keys";
import { backupOf, guideStream, linesOf } from "../../helpers/adoption";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/one";

describe("the key of the streams", () => {
  test("is none where AWS owns it, or the encryption failed", () => {
    expect(keysPart({ streams: [guideStream("metrics", { encryption: "ENABLED" })] })).toEqual({});
    expect(
      keysPart({ streams: [guideStream("logs", { encryption: "ENABLING_FAILED", encryptionKeyArn: KEY })] }),
    ).toEqual({});
  });

  test("is that of a stream, or of its backup, for both", () => {
    const expected = { inputs: { kmsKeyArn: KEY } };
    const ofStream = guideStream("metrics", { encryption: "ENABLED", encryptionKeyArn: KEY });
    const ofBackup = guideStream("logs", { destination: { backup: backupOf("logs", { kmsKeyArn: KEY }) } });
    expect(keysPart({ streams: [ofStream, guideStream("logs")] })).toEqual(expected);
    expect(keysPart({ streams: [ofBackup] })).toEqual(expected);
    expect(keysPart({ streams: [ofStream, ofBackup] })).toEqual(expected);
  });

  test("is one: two are a decision", () => {
    const streams = [KEY, `${KEY}-2`].map((encryptionKeyArn) =>
      guideStream("logs", { encryption: "ENABLED", encryptionKeyArn }),
    );
    expect(linesOf(keysPart({ streams }))).toEqual([
      `decide streams: kms_key_arn: streams and backup use ${KEY} and ${KEY}-2; the module has one key`,
    ]);
  });
});
