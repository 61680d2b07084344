/** Where a file goes: it becomes the next version of a document, or a document in a place of the record. */
export type UploadTarget = { replaces?: string | undefined; slot?: string | undefined };

/** What the upload library keeps of an upload in this browser, until it is complete. */
export type InterruptedUpload = {
  storageKey: string;
  name: string;
  bytes: number;
  address: string;
  target: UploadTarget;
};

/** The library's keys in `localStorage` begin so. */
const PREFIX = "tus::";

/**
 * Finds the uploads to a record that this browser has begun and not finished: the page was reloaded or closed meanwhile. Their files have to
 * be chosen again, since a page may not open a file by itself.
 * @param uploadsPath address of the record's uploads
 */
export function findInterruptedUploads(uploadsPath: string): InterruptedUpload[] {
  return readKeys().flatMap((storageKey) => {
    const entry = parse(localStorage.getItem(storageKey));
    if (!entry || !new URL(entry.uploadUrl, window.location.href).pathname.startsWith(`${uploadsPath}/`)) return [];
    const { size, metadata, uploadUrl } = entry;
    const target = { replaces: metadata.document_id, slot: metadata.slot };
    return [{ storageKey, name: metadata.filename, bytes: size, address: uploadUrl, target }];
  });
}

/** Forgets an upload that nobody goes on with. */
export function forgetInterruptedUpload(storageKey: string): void {
  localStorage.removeItem(storageKey);
}

function readKeys(): string[] {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
  } catch {
    // A browser that stores nothing has nothing to go on with.
    return [];
  }
}

type StoredUpload = {
  size: number;
  metadata: { filename: string; document_id?: string; slot?: string };
  uploadUrl: string;
};

function parse(text: string | null): StoredUpload | null {
  try {
    const stored = JSON.parse(text ?? "null") as Partial<StoredUpload> | null;
    const { size, metadata, uploadUrl } = stored ?? {};
    return typeof size === "number" && typeof metadata?.filename === "string" && typeof uploadUrl === "string"
      ? { size, metadata, uploadUrl }
      : null;
  } catch {
    return null;
  }
}
