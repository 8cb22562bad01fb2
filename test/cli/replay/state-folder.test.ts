import { homedir } from "node:os";
import { join } from "node:path";
import { defaultJournal } from "../../../cli/replay/state-folder";

describe("the default journal", () => {
  const { XDG_STATE_HOME } = process.env;

  afterEach(() => {
    if (XDG_STATE_HOME === undefined) {
      delete process.env["XDG_STATE_HOME"];
    } else {
      process.env["XDG_STATE_HOME"] = XDG_STATE_HOME;
    }
  });

  const onLinux = process.platform === "linux" ? test : test.skip;

  onLinux("is in the user's folder for state", () => {
    process.env["XDG_STATE_HOME"] = "";
    expect(defaultJournal("bucket")).toBe(join(homedir(), ".local/state/kloudfuse-firehose/replay-bucket.jsonl"));
  });

  onLinux("is where XDG_STATE_HOME says", () => {
    process.env["XDG_STATE_HOME"] = "/state";
    expect(defaultJournal("bucket")).toBe("/state/kloudfuse-firehose/replay-bucket.jsonl");
  });
});
