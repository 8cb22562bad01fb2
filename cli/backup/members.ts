import { buf as crc32 } from "crc-32";
import { promisify } from "node:util";
import { gunzip, inflateRaw } from "node:zlib";
import { asObject } from "../../iam/json";

/** CloudWatch Logs has batches of at most 1 MiB, to which it adds JSON for each event; larger payloads stay Base64. */
const MAX_PAYLOAD_BYTES = 4 * 1024 * 1024;

/** Data may be compressed twice: by CloudWatch Logs, and by the sender that put it on the stream. */
const MAX_LAYERS = 2;

/**
 * Decompresses the GZIP members of a record, which line breaks or plain text may separate or follow. Undefined if it is
 * not GZIP, corrupt or too large.
 */
export async function gunzippedMembers(data: Buffer): Promise<Buffer | undefined> {
  let plain: Buffer | undefined;
  for (let layer = 0; layer < MAX_LAYERS && isGzip(plain ?? data); layer++) {
    const compressed = plain ?? data;
    // zlib reads consecutive members, and fails if anything else follows.
    plain = (await whole(compressed)) ?? (await memberByMember(compressed));
    if (plain === undefined) {
      return undefined;
    }
  }
  return plain;
}

async function whole(data: Buffer): Promise<Buffer | undefined> {
  try {
    return await promisify(gunzip)(data, { maxOutputLength: MAX_PAYLOAD_BYTES });
  } catch {
    return undefined;
  }
}

async function memberByMember(data: Buffer): Promise<Buffer | undefined> {
  const parts = new Array<Buffer>();
  let length = 0;
  for (let rest = data; rest.length > 0;) {
    const member = isGzip(rest) ? await gunzipped(rest, MAX_PAYLOAD_BYTES - length) : plainText(rest);
    if (member === undefined) {
      return undefined;
    }
    parts.push(member.plain);
    length += member.plain.length;
    rest = rest.subarray(member.bytesRead);
  }
  return Buffer.concat(parts);
}

interface Member {
  readonly plain: Buffer;
  readonly bytesRead: number;
}

const TRAILER_BYTES = 8;

/** The first member of GZIP data; undefined if it is corrupt or too large. */
async function gunzipped(data: Buffer, maxOutputLength: number): Promise<Member | undefined> {
  const header = headerLength(data);
  const content = header === undefined || maxOutputLength <= 0 ? undefined : data.subarray(header);
  const inflated = content && (await inflateMember(content, maxOutputLength));
  if (header === undefined || inflated === undefined) {
    return undefined;
  }
  const trailer = header + inflated.bytesRead;
  const isWhole = data.length >= trailer + TRAILER_BYTES && data.readUInt32LE(trailer) === crc32(inflated.plain) >>> 0;
  return isWhole ? { plain: inflated.plain, bytesRead: trailer + TRAILER_BYTES } : undefined;
}

async function inflateMember(content: Buffer, maxOutputLength: number): Promise<Member | undefined> {
  return await new Promise((resolve) => {
    inflateRaw(content, { maxOutputLength, info: true }, (error, result) => {
      resolve(error === null ? memberIn(result) : undefined);
    });
  });
}

/** With `info`, zlib's result has the engine with the number of bytes read; the types do not declare it. */
function memberIn(result: unknown): Member | undefined {
  const { buffer, engine } = asObject(result);
  const { bytesWritten } = asObject(engine);
  return Buffer.isBuffer(buffer) && typeof bytesWritten === "number"
    ? { plain: buffer, bytesRead: bytesWritten }
    : undefined;
}

/** The length of a GZIP header with its optional fields, undefined if it is incomplete. Source: RFC 1952. */
function headerLength(data: Buffer): number | undefined {
  const [HAS_CHECKSUM, HAS_EXTRA, HAS_NAME, HAS_COMMENT] = [2, 4, 8, 16];
  const flags = data[3] ?? 0;
  let length = 10;
  if ((flags & HAS_EXTRA) !== 0) {
    length += data.length >= length + 2 ? 2 + data.readUInt16LE(length) : data.length;
  }
  for (const flag of [HAS_NAME, HAS_COMMENT]) {
    const end = (flags & flag) === 0 ? length - 1 : data.indexOf(0, length);
    length = end === -1 ? data.length : end + 1;
  }
  length += (flags & HAS_CHECKSUM) === 0 ? 0 : 2;
  return length < data.length ? length : undefined;
}

/** Text up to the next GZIP member. */
function plainText(data: Buffer): Member {
  const next = data.indexOf(GZIP_MAGIC);
  const end = next === -1 ? data.length : next;
  return { plain: data.subarray(0, end), bytesRead: end };
}

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);
const isGzip = (data: Buffer): boolean => data[0] === GZIP_MAGIC[0] && data[1] === GZIP_MAGIC[1];
