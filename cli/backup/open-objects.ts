import { GetObjectCommand } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import { call, InterruptedError, toUserError, UnrecoverableError } from "../aws/call";
import type { S3Context } from "../aws/context";
import { UndeterminedError } from "../exit-codes";
import type { BackupObject } from "./objects";

/** The content of an object that was opened. */
export interface ObjectContent {
  /** The number of its tags; 0 if the caller may not read tags. */
  readonly tagCount: number;
  readonly chunks: AsyncIterable<Buffer>;
  /** Closes the content without reading it. */
  readonly discard: () => void;
}

/** An object with its content, or why it could not be opened. */
export interface OpenedObject {
  readonly object: BackupObject;
  readonly content: ObjectContent | UndeterminedError;
}

/**
 * Smaller objects are read at once. Firehose's default buffering is 5 MiB before GZIP, so that these are most objects.
 */
const READ_WHOLE_BYTES = 2 * 1024 * 1024;

/** How many objects are fetched while one is being read. */
const MAX_AHEAD = 4;

/**
 * Opens objects in order, several of them in advance.
 *
 * @throws UnrecoverableError when no object can be opened any more
 */
export async function* openObjects(
  context: S3Context,
  objects: AsyncIterable<BackupObject>,
): AsyncGenerator<OpenedObject> {
  const queue = new Array<() => Promise<OpenedObject>>();
  for await (const object of objects) {
    if (object.size <= READ_WHOLE_BYTES) {
      const opened = tryOpen(context, object);
      queue.push(() => opened);
    } else {
      // Opened when it is its turn: S3 closes a connection that is not read from.
      queue.push(() => tryOpen(context, object));
    }
    if (queue.length > MAX_AHEAD) {
      yield* nextOpened(queue);
    }
  }
  while (queue.length > 0) {
    yield* nextOpened(queue);
  }
}

/** @throws UndeterminedError when the object could not be opened */
export function contentOrThrow(content: ObjectContent | UndeterminedError): ObjectContent {
  if (content instanceof UndeterminedError) {
    throw content;
  }
  return content;
}

async function* nextOpened(queue: (() => Promise<OpenedObject>)[]): AsyncGenerator<OpenedObject> {
  const opened = await queue.shift()?.();
  if (opened?.content instanceof UnrecoverableError) {
    throw opened.content;
  }
  if (opened !== undefined) {
    yield opened;
  }
}

async function tryOpen(context: S3Context, object: BackupObject): Promise<OpenedObject> {
  try {
    return { object, content: await open(context, object) };
  } catch (error) {
    return { object, content: error instanceof UndeterminedError ? error : new UndeterminedError(String(error)) };
  }
}

async function open({ s3, abortSignal }: S3Context, object: BackupObject): Promise<ObjectContent> {
  const action = `s3:GetObject on ${object.bucket}/${object.key}`;
  const command = new GetObjectCommand({ Bucket: object.bucket, Key: object.key, IfMatch: object.etag });
  const answer = await call(action, s3.send(command));
  if (!(answer?.Body instanceof Readable)) {
    throw new UndeterminedError(`${object.key} was deleted after it was listed.`);
  }
  const { Body: body, TagCount: tagCount = 0 } = answer;
  const chunks = streamed(action, body, abortSignal);
  return {
    tagCount,
    chunks: object.size <= READ_WHOLE_BYTES ? Readable.from([await whole(chunks)]) : chunks,
    discard: () => {
      body.destroy();
    },
  };
}

async function* streamed(
  action: string,
  body: AsyncIterable<Buffer>,
  abortSignal: AbortSignal,
): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (error) {
    throw abortSignal.aborted ? new InterruptedError() : toUserError(action, error);
  }
}

async function whole(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts = new Array<Buffer>();
  for await (const chunk of chunks) {
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}
