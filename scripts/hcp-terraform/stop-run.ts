import { asObject, type JsonObject } from "../../iam/json";
import { HttpError, type JsonApi, requestJson } from "./request";

/** A workspace on HCP Terraform. */
export interface Workspace {
  readonly api: JsonApi;
  readonly organization: string;
  readonly name: string;
}

/** An apply is left to finish: an interrupted one can leave resources half configured. */
const APPLY_STATUSES: readonly unknown[] = ["confirmed", "apply_queued", "applying"];

const CONFLICT = 409;

/**
 * Stops the run of a configuration version: discards it if it is waiting, cancels it if it is planning.
 *
 * The run is found by its configuration version because the action that creates a run returns the run's id only
 * when the run has ended: when GitHub cancels the job meanwhile, there is no id.
 *
 * @returns what was done
 */
export async function stopRun(
  { api, organization, name }: Workspace,
  configurationVersion: string,
  reason: string,
): Promise<string> {
  const workspacePath = `/organizations/${encodeURIComponent(organization)}/workspaces/${encodeURIComponent(name)}`;
  const workspace = asObject(asObject(await requestJson(api, "GET", workspacePath))["data"]);
  // Without the filter the list leaves out speculative runs.
  const query = new URLSearchParams({ "filter[operation]": "plan_only,plan_and_apply", "page[size]": "100" });
  const runsPath = `/workspaces/${String(workspace["id"])}/runs?${query.toString()}`;
  const runs = asObject(await requestJson(api, "GET", runsPath))["data"];
  const run = (Array.isArray(runs) ? runs.map(asObject) : []).find(
    (candidate) => configurationVersionOf(candidate) === configurationVersion,
  );
  if (run === undefined) {
    return `Configuration version ${configurationVersion} has no run.`;
  }
  const id = String(run["id"]);
  const { status, actions } = asObject(run["attributes"]);
  if (APPLY_STATUSES.includes(status)) {
    return `Run ${id} is applying and is left to finish.`;
  }
  const action = stopAction(asObject(actions));
  if (action === undefined) {
    return `Run ${id} has ended with the status ${String(status)}.`;
  }
  try {
    await requestJson(api, "POST", `/runs/${id}/actions/${action}`, { comment: reason });
  } catch (error) {
    if (error instanceof HttpError && error.status === CONFLICT) {
      return `Run ${id} ended before it could be stopped.`;
    }
    throw error;
  }
  return action === "discard" ? `Run ${id} is discarded.` : `Run ${id} is canceled.`;
}

function configurationVersionOf(run: JsonObject): unknown {
  const { data } = asObject(asObject(run["relationships"])["configuration-version"]);
  return asObject(data)["id"];
}

function stopAction(actions: JsonObject): "discard" | "cancel" | undefined {
  if (actions["is-discardable"] === true) {
    return "discard";
  }
  return actions["is-cancelable"] === true ? "cancel" : undefined;
}
