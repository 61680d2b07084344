import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import type { Client } from "pg";
import { to as copyTo } from "pg-copy-streams";
import type { BackupProgress, BackupResult } from "./backup-result";
import { encodeHeader, encodeTrailer, frameTable } from "./copy-format";
import type { DatabaseDescription } from "./describe-database";

/** Writes a file in the product's own format, from the snapshot of the client's transaction. */
export async function writeCopy(
  client: Client,
  file: string,
  description: DatabaseDescription,
  progress: ((progress: BackupProgress) => void) | undefined,
): Promise<BackupResult> {
  const partial = `${file}.${process.pid}.partial`;
  const hash = createHash("sha256");
  let sha256 = "";
  try {
    await pipeline(
      copyTables(client, description, progress),
      createGzip(),
      async function* (compressed: AsyncIterable<Buffer>) {
        const head = encodeHeader({ ...description, method: "copy" });
        hash.update(head);
        yield head;
        for await (const chunk of compressed) {
          hash.update(chunk);
          yield chunk;
        }
        sha256 = hash.digest("hex");
        yield encodeTrailer(sha256);
      },
      createWriteStream(partial, { flags: "wx", mode: 0o600, flush: true }),
    );
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  const { size } = await stat(file);
  return { file, manifest: null, bytes: size, sha256, description };
}

async function* copyTables(
  client: Client,
  { tables }: DatabaseDescription,
  progress: (progress: BackupProgress) => void = () => {},
): AsyncGenerator<Buffer> {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0);
  let done = 0;
  for (const { name, columns, rows } of tables) {
    progress({ table: name, done, total });
    const list = columns.map((column) => client.escapeIdentifier(column)).join(", ");
    yield* frameTable(client.query(copyTo(`COPY ${client.escapeIdentifier(name)} (${list}) TO STDOUT`)));
    done += rows;
  }
}
