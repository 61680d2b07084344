import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGunzip } from "node:zlib";
import { z } from "zod";
import { descriptionSchema } from "./describe-database";

/*
 * The product's own format, for a database that has no pg_dump beside it. A backup is one file:
 *
 *   MGS-BACKUP 1\n                         magic and version of the format
 *   { … }\n                                the header below, JSON on one line
 *   gzip                                   method "copy": for each table of the header, in its order, frames of a
 *                                          length (4 bytes, big-endian) and so many bytes of COPY's text format;
 *                                          length 0 ends the table. Method "pg_dump", of
 *                                          older versions of the product: a script for psql
 *   sha256:<64 hexadecimal digits>\n       of all bytes before
 */
const MAGIC = "MGS-BACKUP ";
const FORMAT_VERSION = 1;
const MAX_HEADER_BYTES = 4 * 1024 * 1024;
const TRAILER_PATTERN = /^sha256:([0-9a-f]{64})\n$/;
export const TRAILER_BYTES = 72;

const headerSchema = descriptionSchema.extend({
  method: z.enum(["copy", "pg_dump"]),
  /** Version of the pg_dump that wrote it; files of older versions of the product do not contain it. */
  dump: z.object({ major: z.number().int(), minor: z.number().int() }).optional(),
});
export type BackupHeader = z.output<typeof headerSchema>;

/** A file whose first lines have been read; its body lies between `bodyStart` and `bodyEnd` (exclusive). */
export type BackupFile = { path: string; header: BackupHeader; bodyStart: number; bodyEnd: number };

export function encodeHeader(header: BackupHeader): Buffer {
  return Buffer.from(`${MAGIC}${FORMAT_VERSION}\n${JSON.stringify(header)}\n`);
}

export function encodeTrailer(sha256: string): Buffer {
  return Buffer.from(`sha256:${sha256}\n`);
}

/** Frames the chunks of one table that COPY returns. */
export async function* frameTable(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(chunk.length);
    yield length;
    yield chunk;
  }
  yield Buffer.alloc(4);
}

/** Reads frames from a decompressed body, one table after the other. */
export function createFrameReader(body: AsyncIterable<Buffer>) {
  const source = body[Symbol.asyncIterator]();
  let buffered: Buffer = Buffer.alloc(0);
  const take = async (bytes: number): Promise<Buffer> => {
    const parts = [buffered];
    let have = buffered.length;
    while (have < bytes) {
      const { done, value } = await source.next();
      if (done) throw new Error("the backup ends too early");
      parts.push(value);
      have += value.length;
    }
    const all = parts.length === 1 ? buffered : Buffer.concat(parts);
    buffered = all.subarray(bytes);
    return all.subarray(0, bytes);
  };
  return {
    /** Reads the chunks of the next table; read all of them before the next call. */
    async *table(): AsyncGenerator<Buffer> {
      for (;;) {
        const length = (await take(4)).readUInt32BE();
        if (length === 0) return;
        yield await take(length);
      }
    },
    /** Checks that the body ends. @throws Error when data follows the last table */
    async end(): Promise<void> {
      if (buffered.length > 0 || !(await source.next()).done)
        throw new Error("the backup has more than its header says");
    },
  };
}

/**
 * Reads the first lines of a file.
 * @throws Error when it is no backup, one of a newer format, or cut off
 */
export async function openBackup(path: string): Promise<BackupFile> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, MAX_HEADER_BYTES)), 0, undefined, 0);
    const text = buffer.subarray(0, bytesRead);
    const first = text.indexOf("\n");
    const line = text.subarray(0, Math.max(0, Math.min(first, 40))).toString();
    if (!line.startsWith(MAGIC)) throw new Error(`${path} is not a backup made by db:backup`);
    if (line !== `${MAGIC}${FORMAT_VERSION}`) {
      throw new Error(
        `${path} has format ${line.slice(MAGIC.length)}, and this version reads ${FORMAT_VERSION}: update it first`,
      );
    }
    const second = text.indexOf("\n", first + 1);
    if (second < 0 || size < second + 1 + TRAILER_BYTES) throw new Error(`${path} is cut off: it is no whole backup`);
    const header = headerSchema.safeParse(parseJson(text.subarray(first + 1, second).toString()));
    if (!header.success) throw new Error(`${path} is damaged: its header cannot be read`);
    return { path, header: header.data, bodyStart: second + 1, bodyEnd: size - TRAILER_BYTES };
  } finally {
    await file.close();
  }
}

/**
 * Reads the whole file once, and verifies its checksum and that the body has the rows of the header.
 * @throws Error when either is wrong
 */
export async function verifyBackup(file: BackupFile, progress: (share: number) => void = () => {}): Promise<void> {
  const { path, bodyEnd } = file;
  const hash = createHash("sha256");
  let trailer = "";
  let read = 0;
  for await (const chunk of createReadStream(path, { end: bodyEnd - 1 }) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    read += chunk.length;
    progress(read / bodyEnd);
  }
  for await (const chunk of createReadStream(path, { start: bodyEnd })) trailer += String(chunk);
  const expected = TRAILER_PATTERN.exec(trailer)?.[1];
  if (expected === undefined) throw new Error(`${path} is cut off: its checksum is missing`);
  if (expected !== hash.digest("hex")) throw new Error(`${path} is damaged: its checksum is wrong`);
  try {
    await readBody(file, async (body) => {
      if (file.header.method === "pg_dump") {
        for await (const _ of body);
        return;
      }
      const frames = createFrameReader(body);
      for (const { name, rows } of file.header.tables) {
        let lines = 0;
        // COPY escapes newlines inside of values: each row is one line.
        for await (const chunk of frames.table()) lines += count(chunk, 0x0a);
        if (lines !== rows) throw new Error(`${name} has ${lines} rows instead of ${rows}`);
      }
      await frames.end();
    });
  } catch (error) {
    throw new Error(`${path} is damaged: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** Streams the decompressed body into `consume`. */
export async function readBody(
  { path, bodyStart, bodyEnd }: BackupFile,
  consume: (body: AsyncIterable<Buffer>) => Promise<void>,
): Promise<void> {
  await pipeline(createReadStream(path, { start: bodyStart, end: bodyEnd - 1 }), createGunzip(), consume);
}

function count(chunk: Buffer, byte: number): number {
  let found = 0;
  for (let at = chunk.indexOf(byte); at >= 0; at = chunk.indexOf(byte, at + 1)) found++;
  return found;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
