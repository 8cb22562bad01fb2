import { metricStreamTrustStatements } from "../../modules/policy-statements";
import {
  METRIC_STREAM_POLICY_NAME,
  metricStreamRoleName,
  policyNameSuffix,
  ROLE_DESCRIPTIONS,
} from "../../modules/resource-names";
import { IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { INPUTS, type InputValues } from "../../modules/inputs";
import { UndeterminedError } from "../exit-codes";
import type { AdoptionInventory } from "./inventory";
import { type AdoptionPart, change, importOrCreate, leave, mergedParts, unknownItem } from "./part";
import type { AdoptableRole } from "./read-role";
import { type AdoptableMetricStream, knownMetricStreams } from "./read-sources";
import { roleSubject } from "./role";
import { roleChanges } from "./role-changes";
import { roleObstacles } from "./role-obstacles";

/**
 * The role of a metric stream. Where the module creates the delivery role too, both have the same path and permissions
 * boundary.
 */
export function metricStreamRolePart(
  stream: AdoptableMetricStream,
  inventory: AdoptionInventory,
  inputs: InputValues,
): Partial<AdoptionPart> {
  const { roles, streamNames, location } = inventory;
  const { roleArn, name } = stream;
  const role = roles.get(roleArn);
  const subject = roleSubject(roleArn);
  if (role instanceof UndeterminedError) {
    return { items: [unknownItem(subject, "role of the metric stream", role)] };
  }
  const isDeliveryRole = inventory.streams.some(({ destination }) => destination.roleArn === roleArn);
  if (role === undefined || (isDeliveryRole && inputs.createRole !== false)) {
    return newRole(location.region, [
      change(
        `metric stream ${name}`,
        "role",
        role === undefined
          ? `${roleArn} does not exist: the module creates another one`
          : "the delivery role, which CloudWatch may no longer assume, is replaced by a role of its own",
      ),
    ]);
  }
  const obstacles = isDeliveryRole ? ["it is the delivery role"] : obstaclesOf(role, stream, inventory, inputs);
  if (obstacles.length > 0) {
    const policy = `${METRIC_STREAM_POLICY_NAME}${policyNameSuffix(location.region, streamNames.metrics)}`;
    return mergedParts([
      {
        items: [
          {
            ...leave(
              subject,
              "create_metric_stream_role",
              "false: the metric stream keeps the role; the module only adds its inline policy",
            ),
            details: obstacles,
          },
        ],
        inputs: { createMetricStreamRole: false, metricStreamRoleArn: roleArn },
      },
      policyPart(role, policy),
    ]);
  }
  return mergedParts([
    importOrCreate(subject, IMPORT_ADDRESSES.metricStreamRole, role.name, true),
    policyPart(role, METRIC_STREAM_POLICY_NAME),
    {
      items: [
        ...roleChanges(
          subject,
          role,
          {
            description: ROLE_DESCRIPTIONS.metricStream,
            trust: metricStreamTrustStatements(location),
            trusted: "CloudWatch metric streams",
          },
          "Use --keep sources to keep it.",
        ),
        ...role.inlinePolicies
          .filter((policy) => policy !== METRIC_STREAM_POLICY_NAME)
          .map((policy) =>
            leave(
              subject,
              `inline policy ${policy}`,
              "stays on the role; the module has its own policy",
              `Remove it after the apply: aws iam delete-role-policy --role-name ${role.name} --policy-name ${policy}`,
            ),
          ),
      ],
      inputs: {
        metricStreamRoleName: role.name === metricStreamRoleName(location.region) ? null : role.name,
        // The path and the boundary of the only role that the module creates.
        ...(inputs.createRole === false
          ? {
              rolePath: role.path,
              ...(role.permissionsBoundaryArn === undefined
                ? {}
                : { permissionsBoundaryArn: role.permissionsBoundaryArn }),
            }
          : {}),
      },
    },
  ]);
}

function obstaclesOf(
  role: AdoptableRole,
  { name }: AdoptableMetricStream,
  { sources, location }: AdoptionInventory,
  { createRole, rolePath = INPUTS.rolePath.default, permissionsBoundaryArn }: InputValues,
): string[] {
  const users = knownMetricStreams(sources)
    .filter((stream) => stream.name !== name)
    .map((stream) => ({ roleArn: stream.roleArn, user: `metric stream ${stream.name}` }));
  const isAlone = createRole === false;
  return [
    ...roleObstacles(role, users, location, ["metricStreams"]),
    ...(isAlone || role.path === rolePath ? [] : [`its path ${role.path} is not that of the delivery role`]),
    ...(isAlone || role.permissionsBoundaryArn === permissionsBoundaryArn
      ? []
      : ["its permissions boundary is not that of the delivery role"]),
  ];
}

const policyPart = (role: AdoptableRole, policy: string): Partial<AdoptionPart> =>
  importOrCreate(
    roleSubject(role.arn),
    IMPORT_ADDRESSES.metricStreamRolePolicy,
    `${role.name}:${policy}`,
    role.inlinePolicies.includes(policy),
  );

const newRole = (region: string, items: AdoptionPart["items"]): AdoptionPart => {
  const name = metricStreamRoleName(region);
  const subject = `role ${name}`;
  return mergedParts([
    { items },
    importOrCreate(subject, IMPORT_ADDRESSES.metricStreamRole, name, false),
    importOrCreate(subject, IMPORT_ADDRESSES.metricStreamRolePolicy, name, false),
  ]);
};
