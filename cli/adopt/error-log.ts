import { INPUTS } from "../../modules/inputs";
import { errorLogGroupName } from "../../modules/log-criteria";
import { errorLogStreamNames } from "../../modules/resource-names";
import { IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { errorLogGroupsOf } from "../aws/delivery-stream";
import { UndeterminedError } from "../exit-codes";
import type { AdoptionInventory } from "./inventory";
import {
  type AdoptionItem,
  type AdoptionPart,
  change,
  decide,
  importOrCreate,
  leave,
  mergedParts,
  unknownItem,
} from "./part";
import type { AdoptableLogGroup } from "./read-error-log";

const logGroupSubject = (name: string): string => `log group ${name}`;

/** The log group and the log streams for delivery errors. */
export function errorLogPart({ streams, streamNames, errorLog }: AdoptionInventory): Partial<AdoptionPart> {
  const name = errorLogGroupName(streamNames.metrics, streamNames.logs);
  const subject = logGroupSubject(name);
  const left = [...new Set(streams.flatMap(errorLogGroupsOf))].filter((group) => group !== name).map(unusedLogGroup);
  if (errorLog instanceof UndeterminedError) {
    return { items: [unknownItem(subject, "log group", errorLog), ...left] };
  }
  const logStreams = streams.flatMap(({ signal, name: streamName }) => {
    const { delivery, backup } = errorLogStreamNames(streamName);
    const { deliveryLog, backupLog } = IMPORT_ADDRESSES.streams[signal];
    return [
      { to: deliveryLog, logStream: delivery },
      { to: backupLog, logStream: backup },
    ];
  });
  return mergedParts([
    importOrCreate(subject, IMPORT_ADDRESSES.errorLogGroup, name, errorLog !== undefined),
    ...logStreams.map(({ to, logStream }) =>
      importOrCreate(subject, to, `${name}:${logStream}`, errorLog?.logStreams.includes(logStream) === true),
    ),
    ...(errorLog === undefined ? [] : [retentionPart(errorLog), { items: keyDecision(errorLog) }]),
    { items: left },
  ]);
}

function retentionPart({ name, retentionDays }: AdoptableLogGroup): Partial<AdoptionPart> {
  return retentionDays === undefined
    ? {
        items: [
          change(
            logGroupSubject(name),
            "retention",
            `unlimited now; after the apply ${INPUTS.errorLogRetentionDays.default} days, which deletes older delivery errors`,
            "Set error_log_retention_days to keep them longer.",
          ),
        ],
      }
    : { inputs: { errorLogRetentionDays: retentionDays } };
}

/** Terraform would remove the key: the module has no input for it. */
const keyDecision = ({ name, kmsKeyArn }: AdoptableLogGroup): AdoptionItem[] =>
  kmsKeyArn === undefined
    ? []
    : [
        decide(
          logGroupSubject(name),
          "encryption",
          `${kmsKeyArn} would be replaced by the key of CloudWatch Logs: new delivery errors get weaker encryption, and the module has no input for the key`,
          `Remove the key first if that is right, and run the command again: aws logs disassociate-kms-key --log-group-name ${name}. Otherwise deploy streams with other names beside these: the name of the error log group contains the names of both streams.`,
        ),
      ];

const unusedLogGroup = (name: string): AdoptionItem =>
  leave(
    logGroupSubject(name),
    "delivery errors",
    "is no longer used, and keeps earlier errors: the module has its own log group",
    `Delete it when they are no longer needed: aws logs delete-log-group --log-group-name ${name}`,
  );
