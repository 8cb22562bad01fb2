import {
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
  type S3Client,
  type Tag,
} from "@aws-sdk/client-s3";
import { AccessDeniedError, call, UnrecoverableError } from "../aws/call";
import type { BackupObject } from "../backup/objects";
import { UndeterminedError } from "../exit-codes";
import type { ReplayOutcome } from "./outcome";

const TAG = "kloudfuse-firehose-replayed";

/** S3's limit for an object. */
const MAX_TAGS = 10;

/** Another replay, which does not use this journal, completed an object that this replay has just sent. */
class ConcurrentReplayError extends UnrecoverableError {}

/** Marks objects as replayed, for replays on every machine, as far as AWS allows it. */
export class Tags {
  private isDenied = false;
  private refusal: string | undefined;

  public constructor(private readonly s3: S3Client) {}

  /** Why some objects are not tagged; only the journal knows their outcome then. */
  public get refused(): string | undefined {
    return this.refusal;
  }

  /**
   * The outcome that an earlier run wrote on the object. `tagCount` is S3's own count, which is 0 for a caller who may
   * not read tags.
   *
   * @throws UndeterminedError when there are tags and they cannot be read
   */
  public async outcome(object: BackupObject, tagCount: number): Promise<ReplayOutcome | undefined> {
    const value = tagCount === 0 ? undefined : ownValue(await this.read(object));
    return value === undefined ? undefined : parseOutcome(object, value);
  }

  /**
   * Adds the tag to those that the object has. Where that is denied or impossible, only the journal knows the outcome.
   *
   * @throws ConcurrentReplayError when another replay completed the object since it was opened
   */
  public async complete(object: BackupObject, outcome: ReplayOutcome): Promise<void> {
    if (this.isDenied) {
      return;
    }
    try {
      await this.tag(object, outcome);
    } catch (error) {
      if (!(error instanceof UndeterminedError) || error instanceof UnrecoverableError) {
        throw error;
      }
      this.isDenied = error instanceof AccessDeniedError;
      this.refusal = error.message;
    }
  }

  /** Deletes the object. @throws UndeterminedError when that is not allowed */
  public async delete({ bucket, key }: BackupObject): Promise<void> {
    await call(
      `s3:DeleteObject on ${bucket}/${key}`,
      this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
    );
  }

  private async tag(object: BackupObject, outcome: ReplayOutcome): Promise<void> {
    const { bucket: Bucket, key: Key } = object;
    const tags = await this.read(object);
    const value = ownValue(tags);
    // Objects with corrupt entries are read again by each run.
    if (value !== undefined && parseOutcome(object, value).corrupt === 0) {
      throw new ConcurrentReplayError(
        `Another replay, on another machine or with another --journal, completed ${Key} at the same time. Let one of them end, then run the command again.`,
      );
    }
    const others = tags.filter((tag) => tag.Key !== TAG);
    if (others.length >= MAX_TAGS) {
      throw new UndeterminedError(`${Key} has ${MAX_TAGS} tags already, the most that S3 allows.`);
    }
    const command = new PutObjectTaggingCommand({
      Bucket,
      Key,
      Tagging: { TagSet: [...others, { Key: TAG, Value: outcomeText(outcome) }] },
    });
    await call("s3:PutObjectTagging", this.s3.send(command));
  }

  private async read({ bucket, key }: BackupObject): Promise<readonly Tag[]> {
    const command = new GetObjectTaggingCommand({ Bucket: bucket, Key: key });
    const response = await call("s3:GetObjectTagging", this.s3.send(command));
    return response?.TagSet ?? [];
  }
}

const ownValue = (tags: readonly Tag[]): string | undefined => tags.find(({ Key }) => Key === TAG)?.Value;

const outcomeText = ({ accepted, skipped, corrupt }: ReplayOutcome): string =>
  `accepted=${accepted} skipped=${skipped} corrupt=${corrupt}`;

/** @throws UndeterminedError when another version wrote it: to send the object again might duplicate its records */
function parseOutcome({ key }: BackupObject, value: string): ReplayOutcome {
  const [, accepted, skipped, corrupt] =
    /^accepted=(\d+) (?:skipped|set-aside)=(\d+) (?:corrupt|broken)=(\d+)$/.exec(value) ?? [];
  if (accepted === undefined) {
    throw new UndeterminedError(
      `${key} has a tag ${TAG} with a value that this version does not know ("${value}"). Update kloudfuse-firehose, or remove the tag to send the object again.`,
    );
  }
  return { accepted: Number(accepted), skipped: Number(skipped), corrupt: Number(corrupt) };
}
