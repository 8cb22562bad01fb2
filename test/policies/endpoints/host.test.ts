import { type Planned, UNKNOWN } from "../../../iam/unknown";
import { hostOf } from "../../../policies/endpoints/host";

describe("the host of a URL", () => {
  test.each([
    ["https://kfuse.example.com/ingester/kinesis/logs", "kfuse.example.com"],
    ["https://KFUSE.example.com:443/ingester", "kfuse.example.com"],
    ["https://user:secret@kfuse.example.com/ingester", "kfuse.example.com"],
    ["https://kfuse.example.com?key=1", "kfuse.example.com"],
    ["https://kfuse.example.com#part", "kfuse.example.com"],
    ["HTTP://kfuse.example.com", "kfuse.example.com"],
  ])("%s is %s", (url, host) => {
    expect(hostOf(url)).toBe(host);
  });

  test.each<[Planned<string | undefined>]>([
    ["https:///ingester"],
    ["kfuse.example.com"],
    [""],
    [undefined],
    [UNKNOWN],
  ])("%p has none", (url) => {
    expect(hostOf(url)).toBeUndefined();
  });
});
