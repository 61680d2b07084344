import { Readable } from "node:stream";
import { type Entry, fromRandomAccessReader, RandomAccessReader, type ZipFile } from "yauzl";
import type { DocumentStorage } from "../storage/document-storage";

/** Bounds of an office file: no real one comes near, and a bomb is far beyond. */
const MAX_ENTRIES = 10_000;
const MAX_UNPACKED_BYTES = 512 * 1024 * 1024;
const MAX_RATIO = 200;
/** Below this size no ratio is asked: a small file of equal cells packs well. */
const MIN_RATIO_BYTES = 32 * 1024 * 1024;
const MAX_MIMETYPE_BYTES = 200;

/** What the directory of a ZIP archive says is in it. */
export type ArchiveKind = { mediaType: string } | "unknown" | "dangerous" | "broken";

const OPEN_XML = "application/vnd.openxmlformats-officedocument";
const PARTS: readonly (readonly [entry: string, mediaType: string])[] = [
  ["word/document.xml", `${OPEN_XML}.wordprocessingml.document`],
  ["xl/workbook.xml", `${OPEN_XML}.spreadsheetml.sheet`],
  ["ppt/presentation.xml", `${OPEN_XML}.presentationml.presentation`],
];

/**
 * Finds out what an archive is by its directory, without unpacking it. One that would become huge, whose entries overlap, or that holds
 * macros or a program is dangerous.
 */
export async function inspectArchive(storage: DocumentStorage, key: string, bytes: number): Promise<ArchiveKind> {
  const zip = await openArchive(storage, key, bytes).catch(() => null);
  if (!zip) return "broken";
  try {
    const entries = await readEntries(zip);
    if (entries === null || isBomb(entries, bytes)) return "dangerous";
    const names = new Set(entries.map(({ fileName }) => fileName));
    if ([...names].some((name) => /(?:vbaProject\.bin|\.(?:exe|dll|js|vbs|scr|bat|cmd|jar))$/i.test(name)))
      return "dangerous";
    if (names.has("[Content_Types].xml")) {
      const found = PARTS.find(([part]) => names.has(part));
      return found ? { mediaType: found[1] } : "unknown";
    }
    const [first] = entries;
    if (first?.fileName !== "mimetype" || first.uncompressedSize > MAX_MIMETYPE_BYTES) return "unknown";
    // A document of scripts has a folder for them (OpenDocument 1.3 part 2, section 2.2.1).
    if ([...names].some((name) => /^(?:Basic|Scripts)\//.test(name))) return "dangerous";
    return { mediaType: await readText(zip, first) };
  } catch {
    return "broken";
  } finally {
    zip.close();
  }
}

function isBomb(entries: readonly Entry[], bytes: number): boolean {
  const unpacked = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0);
  const packed = entries.reduce((sum, { compressedSize }) => sum + compressedSize, 0);
  // Entries that share their bytes are larger together than the file.
  return (
    unpacked > MAX_UNPACKED_BYTES || packed > bytes || (unpacked > MIN_RATIO_BYTES && unpacked > packed * MAX_RATIO)
  );
}

/** Reads parts of a stored file as the archive's reader asks for them. */
class StoredFileReader extends RandomAccessReader {
  readonly #storage: DocumentStorage;
  readonly #key: string;

  constructor(storage: DocumentStorage, key: string) {
    super();
    this.#storage = storage;
    this.#key = key;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const storage = this.#storage;
    const key = this.#key;
    return Readable.from(
      (async function* () {
        yield* await storage.read(key, { start, end: end - 1 });
      })(),
      { objectMode: false },
    );
  }
}

function openArchive(storage: DocumentStorage, key: string, bytes: number): Promise<ZipFile> {
  const reader = new StoredFileReader(storage, key);
  return new Promise((resolve, reject) => {
    fromRandomAccessReader(reader, bytes, { lazyEntries: true, autoClose: false }, (error, zip) =>
      error || !zip ? reject(error) : resolve(zip),
    );
  });
}

/** @returns null when there are too many */
function readEntries(zip: ZipFile): Promise<Entry[] | null> {
  if (zip.entryCount > MAX_ENTRIES) return Promise.resolve(null);
  const entries: Entry[] = [];
  return new Promise((resolve, reject) => {
    zip.on("error", reject);
    zip.on("end", () => resolve(entries));
    zip.on("entry", (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.readEntry();
  });
}

function readText(zip: ZipFile, entry: Entry): Promise<string> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error || !stream) return reject(error);
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("error", reject);
      stream.on("end", () => resolve(Buffer.concat(chunks).toString("latin1").trim()));
    });
  });
}
