import { deployAdvice, expectedStack } from "../../../cli/verify/expected-stack";
import { expectedStackWith, fleetTarget } from "../../helpers/fleet";

describe("what a fleet file says of a stack", () => {
  test("is its host, and nothing besides the streams where the inputs have nothing", () => {
    expect(expectedStack(fleetTarget(), "fleet.json")).toEqual(expectedStackWith());
  });

  test("is what its inputs create", () => {
    const inputs = {
      kloudfuse_ingester_host: "other.example.com",
      create_metric_stream: true,
      subscribe_account: true,
      log_groups: { api: "/ecs/api", web: "/ecs/web" },
      create_alarms: true,
    };
    expect(expectedStack(fleetTarget({ inputs }), "fleet.json")).toEqual({
      fleet: "fleet.json",
      host: "other.example.com",
      hasMetricStream: true,
      hasAccountSubscription: true,
      logGroups: ["/ecs/api", "/ecs/web"],
      hasAlarms: true,
    });
  });

  test("is deployed, or corrected in the file", () => {
    expect(deployAdvice(expectedStackWith(), "createAlarms")).toBe(
      "Deploy the stack, or correct create_alarms in fleet.json.",
    );
  });
});
