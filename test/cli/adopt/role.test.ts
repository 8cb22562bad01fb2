import { roleSubject, rolePart } from "../../../cli/adopt/role";
import { UndeterminedError } from "../../../cli/exit-codes";
import {
  backupOf,
  decisionsWith,
  DELIVERY_TRUST,
  guideStream,
  inventoryWith,
  linesOf,
  metricStreamWith,
  namesIn,
  ROLE_ARN,
  roleWith,
  sourcesWith,
  statementsOf,
  streamArn,
} from "../../helpers/adoption";

const denied = (): UndeterminedError => new UndeterminedError("AWS denied it. Grant it.");
const withRole = (role: ReturnType<typeof roleWith> | UndeterminedError | undefined) =>
  inventoryWith({ roles: new Map([[ROLE_ARN, role]]) });

describe("the role", () => {
  test("of the guide is imported with its policy, and gets the other one", () => {
    const part = rolePart(inventoryWith(), decisionsWith());
    expect(part.imports).toEqual([
      { to: "aws_iam_role.delivery[0]", id: "KloudfuseFirehoseRole" },
      {
        to: "aws_iam_role_policy.delivery_put_records[0]",
        id: "KloudfuseFirehoseRole:KloudfuseFirehosePermissions",
      },
    ]);
    expect(namesIn(part)).toContain("create role KloudfuseFirehoseRole: aws_iam_role_policy.delivery_deliver[0]");
    expect(part.inputs).toEqual({ roleName: "KloudfuseFirehoseRole", rolePath: "/" });
  });

  test("of the module changes nothing", () => {
    const trust = statementsOf(...DELIVERY_TRUST);
    const description = "Delivers CloudWatch metrics and logs to Kloudfuse through Firehose";
    const inlinePolicies = ["KloudfuseFirehosePermissions", "KloudfuseFirehoseDelivery"];
    const { items = [] } = rolePart(withRole(roleWith({ trust, description, inlinePolicies })), decisionsWith());
    expect(items.map(({ action }) => action)).toEqual(["import", "import", "import"]);
    expect(namesIn(rolePart(withRole(roleWith({ inlinePolicies })), decisionsWith()))).toContain(
      "change role KloudfuseFirehoseRole: trust policy",
    );
  });

  test("keeps no session duration: what keeps it is said", () => {
    const { items = [] } = rolePart(withRole(roleWith({ maxSessionSeconds: 43200 })), decisionsWith());
    expect(items.find(({ name }) => name === "maximum session duration")).toEqual({
      action: "change",
      subject: "role KloudfuseFirehoseRole",
      name: "maximum session duration",
      found: "43200 seconds becomes 3600 seconds",
      remedy: "Use --keep role to keep it.",
    });
  });

  test("keeps name, path and permissions boundary", () => {
    const permissionsBoundaryArn = "arn:aws:iam::123456789012:policy/boundary";
    const role = roleWith({ name: "telemetry", path: "/observability/", permissionsBoundaryArn });
    expect(rolePart(withRole(role), decisionsWith()).inputs).toEqual({
      roleName: "telemetry",
      rolePath: "/observability/",
      permissionsBoundaryArn,
    });
  });

  test("keeps an inline policy of another name", () => {
    const { items = [] } = rolePart(withRole(roleWith({ inlinePolicies: ["mine"] })), decisionsWith());
    const left = items.find(({ action }) => action === "leave");
    expect(left?.name).toBe("inline policy mine");
    expect(left?.remedy).toContain("aws iam delete-role-policy --role-name KloudfuseFirehoseRole --policy-name mine");
    expect(namesIn({ items })).toContain(
      "create role KloudfuseFirehoseRole: aws_iam_role_policy.delivery_put_records[0]",
    );
  });

  test("of the console is used as it is", () => {
    const policy = "KloudfuseFirehosePermissions-eu-west-1-kloudfuse-metrics";
    const role = roleWith({ path: "/service-role/", inlinePolicies: [policy] });
    const part = rolePart(withRole(role), decisionsWith());
    expect(part.inputs).toEqual({ createRole: false, roleArn: ROLE_ARN });
    expect(part.imports).toEqual([
      { to: "aws_iam_role_policy.delivery_put_records[0]", id: `KloudfuseFirehoseRole:${policy}` },
    ]);
    expect(part.items?.[0]?.details).toEqual(["the AWS console created it (path /service-role/)"]);
  });

  test("is used as it is where the user wants it", () => {
    const part = rolePart(inventoryWith(), decisionsWith({ keeps: (kept) => kept === "role" }));
    expect(part.inputs).toEqual({ createRole: false, roleArn: ROLE_ARN });
    expect(part.items?.[0]?.details).toEqual(["--keep role"]);
  });

  test("that a source of another stream works with is used as it is", () => {
    const other = { roleArn: ROLE_ARN, destinationArn: streamArn("clicks") };
    const sources = sourcesWith({
      filters: [
        { ...other, name: "f", logGroup: "/ecs/api", filterPattern: "" },
        { ...other, destinationArn: streamArn("kloudfuse-logs"), name: "own", logGroup: "/a", filterPattern: "" },
      ],
      metricStreams: [metricStreamWith({ ...other, name: "m" })],
      accountPolicies: [{ ...other, name: "p", filterPattern: "", criteria: "", excluded: [] }],
    });
    const part = rolePart(inventoryWith({ sources }), decisionsWith());
    expect(part.items?.[0]?.details).toEqual([
      "others in the region use it: subscription filter f of /ecs/api, metric stream m, account policy p",
    ]);
    const undetermined = sourcesWith({ filters: denied(), metricStreams: denied(), accountPolicies: denied() });
    expect(rolePart(inventoryWith({ sources: undetermined }), decisionsWith()).inputs?.createRole).toBeUndefined();
  });

  test("is undetermined where AWS does not say, also whether others use it", () => {
    expect(linesOf(rolePart(withRole(denied()), decisionsWith()))).toEqual([
      "unknown role KloudfuseFirehoseRole: role: AWS denied it.",
    ]);
    expect(namesIn(rolePart(inventoryWith({ otherStreams: denied() }), decisionsWith()))).toContain(
      "unknown role KloudfuseFirehoseRole: other users",
    );
  });

  test("that is gone is created again", () => {
    const arn = "arn:aws:iam::123456789012:role/a/b/gone";
    const streams = [
      guideStream("logs", { destination: { roleArn: arn, backup: backupOf("logs", { roleArn: arn }) } }),
    ];
    const part = rolePart(inventoryWith({ streams, roles: new Map([[arn, undefined]]) }), decisionsWith());
    expect(part.inputs).toEqual({ roleName: "gone", rolePath: "/a/b/" });
    expect(part.imports).toEqual([]);
    expect(part.items?.map(({ action }) => action)).toEqual(["create", "create", "create"]);
  });

  test("is one: the second one of the streams stays behind", () => {
    const streams = [guideStream("metrics"), guideStream("logs", { destination: { roleArn: `${ROLE_ARN}2` } })];
    expect(linesOf(rolePart(inventoryWith({ streams }), decisionsWith()))).toContain(
      "leave role KloudfuseFirehoseRole2: role: is no longer used: the module has one role; after the apply all deliveries use KloudfuseFirehoseRole",
    );
  });

  test("is none without a stream", () => {
    expect(rolePart(inventoryWith({ streams: [] }), decisionsWith())).toEqual({});
  });

  test("is named without its path", () => {
    expect(roleSubject("arn:aws:iam::123456789012:role/a/b")).toBe("role b");
  });
});
