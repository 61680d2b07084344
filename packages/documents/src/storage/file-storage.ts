import { mkdir, open, opendir, rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { randomToken } from "@mgs/core/ids";
import type { DataStore } from "@tus/utils";
import { type DocumentStorage, FileMissing } from "./document-storage";

/** Stores files in a folder, which portals and workers share. It is made at the first use. */
export function createFileStorage(folder: string): DocumentStorage {
  const pathOf = (key: string) => join(folder, key);
  let store: Promise<DataStore> | undefined;

  async function openStore(): Promise<DataStore> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { FileStore } = await import("@tus/file-store");
    return new FileStore({ directory: folder });
  }

  return {
    incoming() {
      store ??= openStore().catch((error: unknown) => {
        store = undefined;
        throw error;
      });
      return store;
    },
    async settle(key) {
      for (const path of [pathOf(key), dirname(pathOf(key))]) {
        const handle = await open(path, "r");
        await handle.sync().finally(() => handle.close());
      }
    },
    async read(key, range) {
      const handle = await open(pathOf(key), "r").catch((cause: unknown) => {
        throw isMissing(cause) ? new FileMissing(key, { cause }) : cause;
      });
      return handle.createReadStream(range ?? {});
    },
    has: (key) =>
      stat(pathOf(key)).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw error;
        },
      ),
    async write(key, bytes) {
      const path = pathOf(key);
      await mkdir(dirname(path), { recursive: true });
      // A reader sees the whole file or none.
      const temporary = `${path}.${randomToken().slice(0, 8)}`;
      await writeFile(temporary, bytes);
      await rename(temporary, path);
    },
    remove: (key) => rm(pathOf(key), { force: true }),
    list: () => listFiles(folder),
  };
}

async function* listFiles(folder: string): AsyncGenerator<{ key: string; modifiedAt: Date }> {
  const entries = await opendir(folder, { recursive: true }).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw error;
  });
  if (!entries) return;
  for await (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const stats = await stat(path).catch(() => null);
    if (stats) yield { key: relative(folder, path).split(sep).join("/"), modifiedAt: stats.mtime };
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
