import { homedir } from "node:os";
import { join } from "node:path";
import { defaultJournal } from "../../../cli/replay/state-folder";

describe("the default journal", () => {
  const { XDG_STATE_HOME } = process.env;
  const { platform } = process;

  afterEach(() => {
    Object.defineProperty(process, "platform", { value: platform });
    if (XDG_STATE_HOME === undefined) {
      delete process.env["XDG_STATE_HOME"];
    } else {
      process.env["XDG_STATE_HOME"] = XDG_STATE_HOME;
    }
  });

  beforeEach(() => {
    Object.defineProperty(process, "platform", { value: "linux" });
  });

  test("is in the user's folder for state", () => {
    process.env["XDG_STATE_HOME"] = "";
    expect(defaultJournal("bucket")).toBe(join(homedir(), ".local/state/kloudfuse-firehose/replay-bucket.jsonl"));
  });

  test("is where XDG_STATE_HOME says", () => {
    process.env["XDG_STATE_HOME"] = "/state";
    expect(defaultJournal("bucket")).toBe(join("/state/kloudfuse-firehose/replay-bucket.jsonl"));
  });
});
