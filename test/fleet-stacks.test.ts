import { addFleetStacks, type FleetStackEntry } from "../modules/stacks/fleet-stacks";
import { FLEET_HOST } from "./helpers/fleet";
import { inApp } from "./helpers/synth";

const entry = (stackId: string, others: Partial<FleetStackEntry> = {}): FleetStackEntry => ({
  stackId,
  account: "111122223333",
  region: "eu-west-1",
  inputs: FLEET_HOST,
  ...others,
});

test("a stack is deployed after the one whose role it uses", () => {
  const sharedRole = { arn: "arn:aws:iam::111122223333:role/a", stackId: "one" };
  const dependencies = inApp((app) =>
    addFleetStacks(app, [entry("one"), entry("two", { sharedRole }), entry("three")]).map((stack) => [
      stack.node.id,
      stack.dependencies.map(({ node }) => node.id),
    ]),
  );
  expect(dependencies).toEqual([
    ["one", []],
    ["two", ["one"]],
    ["three", []],
  ]);
});
