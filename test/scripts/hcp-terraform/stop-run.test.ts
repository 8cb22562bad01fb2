import { stopRun } from "../../../scripts/hcp-terraform/stop-run";
import { type JsonServer, startJsonServer } from "../../helpers/json-server";

const WORKSPACE = "GET /organizations/acme/workspaces/telemetry";
const RUNS = "GET /workspaces/ws-1/runs?filter[operation]=plan_only,plan_and_apply&page[size]=100";
const REASON = "Stopped by https://github.com/acme/telemetry/actions/runs/1";

interface RunAttributes {
  readonly status: string;
  readonly actions: { readonly "is-discardable": boolean; readonly "is-cancelable": boolean };
}

const PLANNING = { status: "planning", actions: { "is-discardable": false, "is-cancelable": true } };
const PLANNED = { status: "planned", actions: { "is-discardable": true, "is-cancelable": false } };
const PENDING = { status: "pending", actions: { "is-discardable": true, "is-cancelable": true } };
const FINISHED = { status: "planned_and_finished", actions: { "is-discardable": false, "is-cancelable": false } };

const run = (id: string, configurationVersion: string, attributes: RunAttributes): unknown => ({
  id,
  attributes,
  relationships: { "configuration-version": { data: { id: configurationVersion, type: "configuration-versions" } } },
});

describe("a superseded run on HCP Terraform", () => {
  let server: JsonServer;
  let status: number;
  let listed: unknown[];

  beforeEach(() => {
    status = 202;
    listed = [];
  });

  afterEach(async () => {
    await server.close();
  });

  async function stop(): Promise<string> {
    server = await startJsonServer(
      {
        [WORKSPACE]: { status: 200, content: { data: { id: "ws-1" } } },
        [RUNS]: { status: 200, content: { data: listed } },
        "POST /runs/run-1/actions/cancel": { status },
        "POST /runs/run-1/actions/discard": { status },
      },
      "application/vnd.api+json",
    );
    return stopRun({ api: server.api, organization: "acme", name: "telemetry" }, "cv-1", REASON);
  }

  test("is canceled while it plans, with the reason", async () => {
    listed = [run("run-1", "cv-1", PLANNING)];
    expect(await stop()).toBe("Run run-1 is canceled.");
    expect(server.received).toEqual([
      { request: WORKSPACE },
      { request: RUNS },
      { request: "POST /runs/run-1/actions/cancel", content: { comment: REASON } },
    ]);
  });

  test.each([
    ["for confirmation", PLANNED],
    ["for other runs", PENDING],
  ])("is discarded while it waits %s", async (_, attributes) => {
    listed = [run("run-1", "cv-1", attributes)];
    expect(await stop()).toBe("Run run-1 is discarded.");
    expect(server.received.at(-1)).toEqual({
      request: "POST /runs/run-1/actions/discard",
      content: { comment: REASON },
    });
  });

  test("is the run of the uploaded configuration version, not another one", async () => {
    listed = [run("run-2", "cv-2", PLANNING), run("run-1", "cv-1", PLANNING)];
    expect(await stop()).toBe("Run run-1 is canceled.");
  });

  test.each(["confirmed", "apply_queued", "applying"])("is left to finish with the status %s", async (applying) => {
    listed = [run("run-1", "cv-1", { ...PLANNING, status: applying })];
    expect(await stop()).toBe("Run run-1 is applying and is left to finish.");
    expect(server.received).toHaveLength(2);
  });

  test("needs nothing when it has ended", async () => {
    listed = [run("run-1", "cv-1", FINISHED)];
    expect(await stop()).toBe("Run run-1 has ended with the status planned_and_finished.");
  });

  test("needs nothing when it was not created", async () => {
    listed = [run("run-2", "cv-2", PLANNING)];
    expect(await stop()).toBe("Configuration version cv-1 has no run.");
  });

  test("needs nothing when it ends at the same moment", async () => {
    status = 409;
    listed = [run("run-1", "cv-1", PLANNING)];
    expect(await stop()).toBe("Run run-1 ended before it could be stopped.");
  });

  test("fails with the request and the status when the token may not stop it", async () => {
    status = 404;
    listed = [run("run-1", "cv-1", PLANNING)];
    await expect(stop()).rejects.toThrow(new Error("POST /runs/run-1/actions/cancel answered with HTTP status 404."));
  });
});
