import { connectTo } from "../../../cli/probe/stages";
import {
  type EndpointOptions,
  type FirehoseEndpoint,
  startFirehoseEndpoint,
} from "../../e2e/helpers/firehose-endpoint";
import { probeContext } from "../../helpers/probe";

const mockLookup = jest.fn<Promise<readonly { readonly address: string }[]>, []>();
jest.mock("node:dns/promises", () => ({ lookup: async () => await mockLookup() }));

let endpoint: FirehoseEndpoint | undefined;

afterEach(async () => {
  await endpoint?.stop();
  endpoint = undefined;
});

async function connected(
  options: EndpointOptions,
  hostname = "127.0.0.1",
): Promise<{ readonly outcomes: readonly string[]; readonly connection: unknown }> {
  endpoint = await startFirehoseEndpoint(options);
  const { outcomes, connection } = await connectTo(
    { hostname, port: endpoint.port },
    probeContext({ authorities: endpoint.authority }),
  );
  return { outcomes: outcomes.map(({ verdict, name }) => `${verdict} ${name}`), connection };
}

const REACHED = ["ok DNS", "problem address", "problem port", "ok TCP"];

describe("a connection", () => {
  test("is checked stage by stage, and a request can be sent", async () => {
    const { outcomes, connection } = await connected({});
    expect(outcomes).toEqual([...REACHED, "ok TLS protocol", "note TLS chain", "ok TLS name", "ok TLS expiry"]);
    expect(connection).toEqual({
      hostname: "127.0.0.1",
      port: endpoint?.port,
      address: "127.0.0.1",
      isTrusted: true,
      authorities: endpoint?.authority,
    });
  });

  test.each(["expired", "for another name", "self-signed", "without intermediate"] as const)(
    "is not trusted where the certificate is %s",
    async (certificate) => {
      expect((await connected({ certificate })).connection).toMatchObject({ isTrusted: false });
    },
  );

  test("is trusted with a certificate that expires soon", async () => {
    const { outcomes, connection } = await connected({ certificate: "expiring" });
    expect(outcomes).toContain("note TLS expiry");
    expect(connection).toMatchObject({ isTrusted: true });
  });

  test("is none without an address, and nothing is tried", async () => {
    mockLookup.mockRejectedValue(Object.assign(new Error("none"), { code: "ENOTFOUND" }));
    expect(await connected({}, "ingester")).toEqual({
      outcomes: ["problem DNS", "problem port"],
      connection: undefined,
    });
    expect(endpoint?.serverNames).toEqual([]);
  });

  test("is none where nothing listens", async () => {
    expect(await connected({}, "127.0.0.2")).toEqual({
      outcomes: ["ok DNS", "problem address", "problem port", "problem TCP"],
      connection: undefined,
    });
  });

  test("is none with TLS 1.1 alone", async () => {
    expect(await connected({ maxVersion: "TLSv1.1" })).toEqual({
      outcomes: [...REACHED, "problem TLS protocol"],
      connection: undefined,
    });
  });
});
