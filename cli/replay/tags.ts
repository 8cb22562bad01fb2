import {
  DeleteObjectCommand,
  GetObjectTaggingCommand,
  PutObjectTaggingCommand,
  type S3Client,
  type Tag,
} from "@aws-sdk/client-s3";
import { call, Denied, Unusable } from "../aws/call";
import type { BackupObject } from "../backup/objects";
import { CannotTell } from "../exit-codes";
import type { Settled } from "./outcome";

const TAG = "kloudfuse-firehose-replayed";

/** S3's limit for an object. */
const MOST_TAGS = 10;

/** Remembers on the objects themselves what was replayed, for every machine and person, as far as AWS allows it. */
export class Tags {
  private mayRead = false;
  private isDenied = false;
  private refusal: string | undefined;

  public constructor(private readonly s3: S3Client) {}

  /** Why some objects are not tagged; the journal alone remembers them then. */
  public get refused(): string | undefined {
    return this.refusal;
  }

  /**
   * What an earlier run says of the object. `tagCount` is S3's own count, which is 0 for whoever may not read tags.
   *
   * @throws CannotTell when there are tags and S3 does not give them
   */
  public async settled(object: BackupObject, tagCount: number): Promise<Settled | undefined> {
    const value = tagCount === 0 ? undefined : (await this.read(object)).find(({ Key }) => Key === TAG)?.Value;
    return value === undefined ? undefined : settledIn(value);
  }

  /** Tags the object beside the tags it has; where that is not allowed or not possible, the journal alone remembers. */
  public async settle(object: BackupObject, tagCount: number, settled: Settled): Promise<void> {
    if (this.isDenied) {
      return;
    }
    try {
      await this.tag(object, tagCount, settled);
    } catch (error) {
      if (!(error instanceof CannotTell) || error instanceof Unusable) {
        throw error;
      }
      this.isDenied = error instanceof Denied;
      this.refusal = error.message;
    }
  }

  /** Deletes the object. @throws CannotTell when that is not allowed */
  public async delete({ bucket, key }: BackupObject): Promise<void> {
    await call(
      `s3:DeleteObject on ${bucket}/${key}`,
      this.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })),
    );
  }

  private async tag(object: BackupObject, tagCount: number, settled: Settled): Promise<void> {
    const { bucket: Bucket, key: Key } = object;
    const tags = tagCount === 0 && this.mayRead ? [] : await this.read(object);
    const others = tags.filter((tag) => tag.Key !== TAG);
    if (others.length >= MOST_TAGS) {
      throw new CannotTell(`${Key} has ${MOST_TAGS} tags already, which is all that S3 takes.`);
    }
    const { accepted, setAside, broken } = settled;
    const own = { Key: TAG, Value: `accepted=${accepted} set-aside=${setAside} broken=${broken}` };
    const command = new PutObjectTaggingCommand({ Bucket, Key, Tagging: { TagSet: [...others, own] } });
    await call("s3:PutObjectTagging", this.s3.send(command));
  }

  private async read({ bucket, key }: BackupObject): Promise<readonly Tag[]> {
    const command = new GetObjectTaggingCommand({ Bucket: bucket, Key: key });
    const answer = await call("s3:GetObjectTagging", this.s3.send(command));
    this.mayRead = true;
    return answer?.TagSet ?? [];
  }
}

function settledIn(value: string): Settled | undefined {
  const [, accepted, setAside, broken] = /^accepted=(\d+) set-aside=(\d+) broken=(\d+)$/.exec(value) ?? [];
  return accepted === undefined
    ? undefined
    : { accepted: Number(accepted), setAside: Number(setAside), broken: Number(broken) };
}
