import { DescribeDeliveryStreamCommand, FirehoseClient } from "@aws-sdk/client-firehose";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { bucketSettings, type ClientSettings, clientSettings, requestHandlerOf } from "../../../cli/aws/settings";
import { stopServer } from "../../helpers/http-server";

const CREDENTIALS = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "test" };
const describeStream = () => new DescribeDeliveryStreamCommand({ DeliveryStreamName: "kloudfuse-logs" });

describe("the settings of a client", () => {
  test("leave region and profile to the SDK where they are not chosen", () => {
    const { requestHandler, ...settings } = clientSettings({}, undefined);
    expect(settings).toEqual({ maxAttempts: 4 });
    expect(requestHandler.httpHandlerConfigs()).toEqual({});
  });

  test("have the region and profile that are chosen", () => {
    const { requestHandler: _, ...settings } = clientSettings({ region: "eu-west-1", profile: "ops" }, undefined);
    expect(settings).toEqual({ region: "eu-west-1", profile: "ops", maxAttempts: 4 });
  });

  test("have the credentials and the request handler that they are to use", () => {
    const credentials = (): Promise<never> => Promise.reject(new Error("not used"));
    const requestHandler = requestHandlerOf(undefined);
    const settings = clientSettings({ region: "eu-west-1", credentials, requestHandler }, undefined);
    expect(settings).toEqual({ region: "eu-west-1", credentials, requestHandler, maxAttempts: 4 });
    expect(settings.requestHandler).toBe(requestHandler);
  });

  describe("with a server that answers when the test lets it", () => {
    let server: Server;
    let requests: number;
    let answer: () => void;

    beforeEach(async () => {
      requests = 0;
      const asked = new Promise<void>((resolve) => {
        answer = resolve;
      });
      server = createServer((_, response) => {
        requests += 1;
        server.emit("asked");
        void asked.then(() => {
          response.setHeader("content-type", "application/x-amz-json-1.1");
          response.end(JSON.stringify({ DeliveryStreamDescription: { DeliveryStreamName: "kloudfuse-logs" } }));
        });
      }).listen(0, "127.0.0.1");
      await once(server, "listening");
    });

    afterEach(async () => {
      await stopServer(server);
    });

    const clientWith = (settings: ClientSettings): FirehoseClient => {
      const { port } = server.address() as AddressInfo;
      return new FirehoseClient({ ...settings, endpoint: `http://127.0.0.1:${port}`, credentials: CREDENTIALS });
    };

    test("a signal ends a request in flight, which is not repeated", async () => {
      const controller = new AbortController();
      const client = clientWith(clientSettings({ region: "eu-west-1" }, controller.signal));
      const request = client.send(describeStream());
      await once(server, "asked");
      controller.abort();
      await expect(request).rejects.toMatchObject({ name: "AbortError" });
      expect(requests).toBe(1);
    });

    test("a signal keeps later requests from being sent", async () => {
      const client = clientWith(clientSettings({ region: "eu-west-1" }, AbortSignal.abort()));
      await expect(client.send(describeStream())).rejects.toMatchObject({ name: "AbortError" });
      expect(requests).toBe(0);
    });

    test("without a signal a request comes to its end", async () => {
      const request = clientWith(clientSettings({ region: "eu-west-1" }, undefined)).send(describeStream());
      await once(server, "asked");
      answer();
      await expect(request).resolves.toMatchObject({
        DeliveryStreamDescription: { DeliveryStreamName: "kloudfuse-logs" },
      });
    });
  });
});

describe("the settings of S3's client", () => {
  const variables = ["AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3"] as const;
  const before = variables.map((name) => process.env[name]);

  afterEach(() => {
    for (const [index, name] of variables.entries()) {
      const value = before[index];
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  });

  const styleWith = (environment: Readonly<Record<string, string>>): boolean => {
    for (const name of variables) {
      Reflect.deleteProperty(process.env, name);
    }
    Object.assign(process.env, environment);
    return bucketSettings(clientSettings({}, undefined)).forcePathStyle;
  };

  test("name a bucket in the host, and follow it to its region", () => {
    expect(styleWith({})).toBe(false);
    expect(bucketSettings(clientSettings({}, undefined)).followRegionRedirects).toBe(true);
  });

  test.each(variables)("name it in the path where %s is an emulator", (name) => {
    expect(styleWith({ [name]: "http://127.0.0.1:5000" })).toBe(true);
  });
});
