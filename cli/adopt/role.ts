import { principalOf } from "../../iam/trusted-services";
import { deliveryTrustStatements } from "../../modules/policy-statements";
import { DELIVERY_POLICY_NAMES, policyNameSuffix, ROLE_DESCRIPTIONS } from "../../modules/resource-names";
import { IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { lastPart } from "../../iam/arn";
import { UndeterminedError } from "../exit-codes";
import type { RoleLocation } from "../verify/trust";
import type { AdoptionInventory } from "./inventory";
import type { AdoptionDecisions } from "./options";
import { type AdoptionItem, type AdoptionPart, change, importOrCreate, leave, mergedParts, unknownItem } from "./part";
import type { AdoptableRole } from "./read-role";
import { roleChanges } from "./role-changes";
import { roleObstacles } from "./role-obstacles";
import { sourceUsers } from "./source-users";

/** The services that may assume the role by the module's trust policy. */
const SERVICES = ["firehose", "logs"] as const;

/** How a report names a role. */
export const roleSubject = (arn: string): string => `role ${lastPart(arn)}`;

/** ARN of the role that all deliveries and subscriptions use: that of the first stream. */
export const deliveryRoleArn = ({ streams }: Pick<AdoptionInventory, "streams">): string | undefined =>
  streams[0]?.destination.roleArn;

/** The role that both streams deliver with. */
export function rolePart(
  inventory: AdoptionInventory,
  { keeps }: Pick<AdoptionDecisions, "keeps">,
): Partial<AdoptionPart> {
  const { streams, roles, otherStreams } = inventory;
  const arns = [...new Set(streams.flatMap(({ destination }) => [destination.roleArn, destination.backup.roleArn]))];
  const [arn, ...others] = arns;
  if (arn === undefined) {
    return {};
  }
  const role = roles.get(arn);
  const items = others.map((other) => otherRole(other, arn));
  if (role instanceof UndeterminedError) {
    return { items: [unknownItem(roleSubject(arn), "role", role), ...items] };
  }
  if (role === undefined) {
    return mergedParts([missingRole(arn), { items }]);
  }
  const users = sourceUsers(inventory);
  const obstacles = [
    ...(keeps("role") ? ["--keep role"] : []),
    ...roleObstacles(
      role,
      otherStreams instanceof UndeterminedError ? [] : [...otherStreams.roles, ...users],
      inventory.location,
      SERVICES,
    ),
  ];
  if (obstacles.length > 0) {
    return mergedParts([keptRole(role, obstacles, inventory), { items }]);
  }
  return mergedParts([
    {
      items:
        otherStreams instanceof UndeterminedError ? [unknownItem(roleSubject(arn), "other users", otherStreams)] : [],
    },
    adoptedRole(role, inventory.location),
    { items },
  ]);
}

function adoptedRole(role: AdoptableRole, location: RoleLocation): AdoptionPart {
  const subject = roleSubject(role.arn);
  const { put_records: putRecords, deliver } = DELIVERY_POLICY_NAMES;
  const own: readonly string[] = [putRecords, deliver];
  return mergedParts([
    importOrCreate(subject, IMPORT_ADDRESSES.role, role.name, true),
    ...policyParts(role, ""),
    {
      items: [
        ...roleChanges(
          subject,
          role,
          {
            description: ROLE_DESCRIPTIONS.delivery,
            trust: deliveryTrustStatements({
              ...location,
              logsServicePrincipal: principalOf("logs", location.partition),
            }),
            trusted: "Firehose and CloudWatch Logs",
          },
          "Use --keep role to keep it.",
        ),
        // If the role has the module's other policy, this one is the module's too.
        ...(role.inlinePolicies.includes(putRecords) && !role.inlinePolicies.includes(deliver)
          ? [change(subject, putRecords, "limited to these streams")]
          : []),
        ...role.inlinePolicies.filter((name) => !own.includes(name)).map((name) => otherPolicy(role, name)),
      ],
      inputs: {
        roleName: role.name,
        rolePath: role.path,
        ...(role.permissionsBoundaryArn === undefined ? {} : { permissionsBoundaryArn: role.permissionsBoundaryArn }),
      },
    },
  ]);
}

/** The inline policies of the module, under the names that they have on this role. */
const policyParts = (role: AdoptableRole, suffix: string): Pick<AdoptionPart, "items" | "imports">[] =>
  (["put_records", "deliver"] as const).map((policy) => {
    const name = `${DELIVERY_POLICY_NAMES[policy]}${suffix}`;
    return importOrCreate(
      roleSubject(role.arn),
      IMPORT_ADDRESSES.rolePolicies[policy],
      `${role.name}:${name}`,
      role.inlinePolicies.includes(name),
    );
  });

const otherPolicy = (role: AdoptableRole, policy: string): AdoptionItem =>
  leave(
    roleSubject(role.arn),
    `inline policy ${policy}`,
    "stays on the role; the module has its own policies",
    `Remove it after the apply if nothing else needs it: aws iam delete-role-policy --role-name ${role.name} --policy-name ${policy}. Until then kloudfuse-firehose policy reports its excess permissions.`,
  );

function keptRole(
  role: AdoptableRole,
  obstacles: readonly string[],
  { streams, location }: AdoptionInventory,
): AdoptionPart {
  const [first] = streams;
  return mergedParts([
    {
      items: [
        {
          ...leave(
            roleSubject(role.arn),
            "create_role",
            "false: the streams keep the role; the module only adds its inline policies",
            "If the owner of the role adds the permissions, set create_role_policies = false and use the role_policies output.",
          ),
          details: obstacles,
        },
      ],
      inputs: { createRole: false, roleArn: role.arn },
    },
    ...policyParts(role, policyNameSuffix(location.region, first?.name ?? "")),
  ]);
}

/** A role that was deleted is created again, with the name that the streams refer to. */
function missingRole(arn: string): AdoptionPart {
  const [, path = "/", name = ""] = /:role(\/(?:.*\/)?)([^/]+)$/.exec(arn) ?? [];
  const subject = roleSubject(arn);
  return mergedParts([
    importOrCreate(subject, IMPORT_ADDRESSES.role, name, false),
    importOrCreate(subject, IMPORT_ADDRESSES.rolePolicies.put_records, name, false),
    importOrCreate(subject, IMPORT_ADDRESSES.rolePolicies.deliver, name, false),
    { inputs: { roleName: name, rolePath: path } },
  ]);
}

const otherRole = (other: string, arn: string): AdoptionItem =>
  leave(
    roleSubject(other),
    "role",
    `is no longer used: the module has one role; after the apply all deliveries use ${lastPart(arn)}`,
    `To keep a role for each stream, adopt each stream into a module of its own, with --signal.`,
  );
