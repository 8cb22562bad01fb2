import { createServer } from "node:net";
import { UndeterminedError } from "../../cli/exit-codes";
import { TimeoutError, withTimeout } from "../../cli/probe/deadline";
import { NoResponseError, post } from "../../cli/probe/http";
import { startFirehoseEndpoint } from "./helpers/firehose-endpoint";
import { run } from "../helpers/run-probe";

const KEY = "s3cr3t-access-key";
const never = async (): Promise<never> => await new Promise<never>(() => undefined);

describe("a stage", () => {
  test("that does not end is left behind when its time is over", async () => {
    const { signal } = new AbortController();
    await expect(withTimeout(20, signal, never)).rejects.toThrow(new TimeoutError("no response within 0.02 s"));
  });

  test("is aborted when its time is over", async () => {
    let isEnded = false;
    const stage = withTimeout(20, new AbortController().signal, async (signal) => {
      signal.addEventListener("abort", () => (isEnded = true));
      return await never();
    });
    await expect(stage).rejects.toThrow(TimeoutError);
    expect(isEnded).toBe(true);
  });

  test("ends at once when the command is interrupted", async () => {
    const controller = new AbortController();
    const stage = withTimeout(60_000, controller.signal, never);
    controller.abort(new UndeterminedError("Interrupted before the end."));
    await expect(stage).rejects.toThrow(new UndeterminedError("Interrupted before the end."));
  });

  test("does not begin after the command was interrupted", async () => {
    const stage = jest.fn(never);
    const signal = AbortSignal.abort(new UndeterminedError("Interrupted before the end."));
    await expect(withTimeout(60_000, signal, stage)).rejects.toThrow("Interrupted before the end.");
    expect(stage).not.toHaveBeenCalled();
  });

  test("of TLS that gets no answer ends when the command is interrupted", async () => {
    const controller = new AbortController();
    const silent = createServer((socket) => {
      socket
        .on("error", () => undefined)
        .once("data", () => {
          controller.abort(new UndeterminedError("Interrupted before the end."));
        });
    });
    await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
    const address = silent.address();
    const port = typeof address === "object" ? (address?.port ?? 0) : 0;
    const running = run(`127.0.0.1:${port}`, {}, { abortSignal: controller.signal });
    await expect(running).rejects.toThrow("Interrupted before the end.");
    await new Promise((resolve) => silent.close(resolve));
  });
});

describe("a request with an access key", () => {
  // Behind one name there may be more than one certificate: the one seen before need not be the one met now.
  test.each(["self-signed", "expired", "for another name", "without intermediate"] as const)(
    "is not sent over a connection that turns out %s, whatever was seen before",
    async (certificate) => {
      const endpoint = await startFirehoseEndpoint({ certificate });
      const connection = {
        hostname: "127.0.0.1",
        address: "127.0.0.1",
        port: endpoint.port,
        isTrusted: true,
        authorities: endpoint.authority,
      };
      const request = { path: "/", headers: { Host: endpoint.host }, body: Buffer.from("{}"), accessKey: KEY };
      const refused: unknown = await post(connection, request, {
        timeoutMs: 5000,
        abortSignal: new AbortController().signal,
      }).catch((error: unknown) => error);
      await endpoint.stop();
      expect(refused).toBeInstanceOf(NoResponseError);
      expect(refused).toMatchObject({ errorCode: "HttpEndpoint.SSLHandshakeFailure" });
      expect(endpoint.received).toEqual([]);
    },
  );
});
