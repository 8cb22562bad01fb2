import { createServer, type Server } from "node:http";
import { stopServer } from "../../helpers/http-server";
import { Json } from "./json";

/** What the emulator delivers to: it accepts everything, and counts each record. The emulator speaks no more of Firehose's protocol than the body. */
export class Sink {
  private readonly counts = new Map<string, number>();

  private constructor(
    private readonly server: Server,
    public readonly url: string,
  ) {}

  public static async start(): Promise<Sink> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    if (address === null || typeof address === "string") {
      throw new Error("The sink listens at no port.");
    }
    const sink = new Sink(server, `http://127.0.0.1:${address.port}`);
    server.on("request", (incoming, outgoing) => {
      let body = "";
      incoming.setEncoding("utf8").on("data", (text: string) => (body += text));
      incoming.on("end", () => {
        sink.take(Json.parse(body));
        outgoing.end("{}");
      });
    });
    return sink;
  }

  /** How often each record was delivered, by its data. */
  public get delivered(): ReadonlyMap<string, number> {
    return this.counts;
  }

  public get records(): number {
    return [...this.counts.values()].reduce((sum, count) => sum + count, 0);
  }

  public reset(): void {
    this.counts.clear();
  }

  public async stop(): Promise<void> {
    await stopServer(this.server);
  }

  private take(body: Json): void {
    for (const record of body.at("records").list) {
      const data = Buffer.from(record.at("data").text, "base64").toString();
      this.counts.set(data, (this.counts.get(data) ?? 0) + 1);
    }
  }
}
