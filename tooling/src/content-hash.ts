import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

const SKIPPED_FOLDERS = new Set(["node_modules", ".next", ".turbo", ".data", "dist", "generated", "coverage"]);
const SKIPPED_FILES = /\.(test|itest)\.tsx?$|^next-env\.d\.ts$|\.tsbuildinfo$/;

/** Hashes the names and contents of files and folders below `root` with SHA-256, without tests and build outputs. */
export async function hashContents(root: string, paths: readonly string[]): Promise<string> {
  const files = (await Promise.all(paths.map((path) => listFiles(root, path)))).flat().sort();
  const contents = await Promise.all(files.map((file) => readFile(join(root, file))));
  const hash = createHash("sha256");
  for (const [index, file] of files.entries()) {
    const content = contents[index] ?? Buffer.alloc(0);
    hash.update(`${file}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

async function listFiles(root: string, path: string): Promise<string[]> {
  const kind = await stat(join(root, path)).catch(() => null);
  if (!kind) return [];
  if (kind.isFile()) return [path];
  const entries = await readdir(join(root, path), { withFileTypes: true });
  const wanted = entries.filter((entry) =>
    entry.isDirectory() ? !SKIPPED_FOLDERS.has(entry.name) : !SKIPPED_FILES.test(entry.name),
  );
  return (await Promise.all(wanted.map((entry) => listFiles(root, join(path, entry.name))))).flat();
}
