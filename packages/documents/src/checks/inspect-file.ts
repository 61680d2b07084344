import { createHash } from "node:crypto";
import { fileTypeFromBuffer } from "file-type";
import type { Refusal } from "../contract/document";
import { MEDIA_TYPES } from "../contract/media-types";
import type { DocumentStorage } from "../storage/document-storage";
import { inspectArchive } from "./check-archive";
import { extensionOf } from "./file-name";

/** Every type that we accept shows itself in these first bytes. */
const HEAD_BYTES = 64 * 1024;

/** Other names of types that mean the same to us. */
const ALIASES: Readonly<Record<string, string>> = {
  "image/heif": "image/heic",
  "image/heic-sequence": "image/heic",
  "image/heif-sequence": "image/heic",
};

export type Inspection = { mediaType: string; sha256: string } | { refusal: Refusal };

/**
 * Reads a stored file once: its checksum, and its type by its bytes. The name tells only whether a text is a table.
 * @param bytes its size
 */
export async function inspectFile(
  storage: DocumentStorage,
  key: string,
  name: string,
  bytes: number,
): Promise<Inspection> {
  if (bytes === 0) return { refusal: "empty" };
  const hash = createHash("sha256");
  const head: Buffer[] = [];
  let headBytes = 0;
  let isText = true;
  for await (const chunk of await storage.read(key)) {
    const part = chunk as Buffer;
    hash.update(part);
    if (headBytes < HEAD_BYTES) head.push(part.subarray(0, HEAD_BYTES - headBytes));
    headBytes += part.length;
    isText &&= !hasControlCharacter(part);
  }
  const found = await findMediaType(storage, key, { head: Buffer.concat(head), name, bytes, isText });
  return "refusal" in found ? found : { ...found, sha256: hash.digest("hex") };
}

type Facts = { head: Buffer; name: string; bytes: number; isText: boolean };

async function findMediaType(
  storage: DocumentStorage,
  key: string,
  { head, name, bytes, isText }: Facts,
): Promise<{ mediaType: string } | { refusal: Refusal }> {
  if (head.subarray(0, 4).equals(Buffer.from("PK\u0003\u0004"))) {
    const kind = await inspectArchive(storage, key, bytes);
    if (kind === "dangerous" || kind === "broken") return { refusal: "archive" };
    return kind !== "unknown" && kind.mediaType in MEDIA_TYPES ? kind : { refusal: "type" };
  }
  const detected = await fileTypeFromBuffer(head);
  if (detected) {
    const mediaType = ALIASES[detected.mime] ?? detected.mime;
    return mediaType in MEDIA_TYPES ? { mediaType } : { refusal: "type" };
  }
  const extension = extensionOf(name);
  const mediaType = Object.keys(MEDIA_TYPES).find(
    (type) => type.startsWith("text/") && MEDIA_TYPES[type]?.extensions.includes(extension),
  );
  if (mediaType === undefined) return { refusal: "type" };
  return isText ? { mediaType } : { refusal: "text" };
}

/** Tells whether bytes have what no text has, in UTF-8 or an older encoding: a control character that is no space. */
function hasControlCharacter(bytes: Buffer): boolean {
  for (const byte of bytes)
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c) return true;
  return false;
}
