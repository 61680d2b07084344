import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { basename } from "node:path";
import { z } from "zod";
import { descriptionSchema } from "./describe-database";

/** Describes a file of pg_dump, as JSON in `<file>.manifest.json` beside it. */
const manifestSchema = descriptionSchema.extend({
  /** Version of this form. */
  manifest: z.literal(1),
  /** Name of the file that it describes, without its folder. */
  file: z.string(),
  bytes: z.number().int(),
  /** Of the whole file, 64 hexadecimal digits: what `sha256sum` prints. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  /** Version of the pg_dump that wrote the file. */
  dump: z.object({ major: z.number().int(), minor: z.number().int() }),
});
export type Manifest = z.output<typeof manifestSchema>;

/** A file in pg_dump's custom format begins with this text. */
const ARCHIVE_MAGIC = "PGDMP";

export const manifestPath = (file: string): string => `${file}.manifest.json`;

/** Tells whether a file is in pg_dump's custom format. @throws Error when the file cannot be read */
export async function isPgArchive(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(ARCHIVE_MAGIC.length), 0, ARCHIVE_MAGIC.length, 0);
    return buffer.subarray(0, bytesRead).toString("latin1") === ARCHIVE_MAGIC;
  } finally {
    await handle.close();
  }
}

/** Reads the manifest beside a file. @throws Error when it is missing, or this version cannot read it */
export async function readManifest(file: string): Promise<Manifest> {
  const path = manifestPath(file);
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    throw new Error(
      `${file} is a file of pg_dump without ${basename(path)} beside it, so db:backup did not make it or they were parted: pg_restore restores it`,
    );
  });
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success) throw new Error(`${path} is damaged, or of a newer version of the product`);
  return manifest.data;
}

/**
 * Reads the whole file once.
 * @throws Error when it is not the one that the manifest describes
 */
export async function verifyArchive(
  file: string,
  { bytes, sha256 }: Manifest,
  progress: (share: number) => void = () => {},
): Promise<void> {
  const { size } = await stat(file);
  if (size < bytes) throw new Error(`${file} is cut off: it has ${size} bytes instead of ${bytes}`);
  const actual = await hashFile(file, (read) => progress(read / size));
  if (actual !== sha256) throw new Error(`${file} is damaged: its checksum is wrong`);
}

/** Computes the SHA-256 of a file, in hexadecimal digits. */
export async function hashFile(file: string, progress: (bytesRead: number) => void = () => {}): Promise<string> {
  const hash = createHash("sha256");
  let read = 0;
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    read += chunk.length;
    progress(read);
  }
  return hash.digest("hex");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
