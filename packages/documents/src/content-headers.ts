import type { ByteRange } from "./storage/document-storage";

/** `Content-Disposition` of a file (RFC 6266): its name in full, and an ASCII one for old clients. */
export function contentDisposition(kind: "inline" | "attachment", name: string): string {
  const ascii =
    name
      .normalize("NFD")
      .replace(/[^\u0020-\u007e]/g, "")
      .replace(/["\\%]/g, "_") || "document";
  const full = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${kind}; filename="${ascii}"; filename*=UTF-8''${full}`;
}

/**
 * Reads a range of bytes (RFC 9110 section 14.2): one range alone; anything else is answered with the whole file.
 * @returns "unsatisfiable" for a range behind the file's end
 */
export function readRange(header: string | null, bytes: number): ByteRange | "unsatisfiable" | null {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return null;
  const start = from === "" ? Math.max(0, bytes - Number(to)) : Number(from);
  const end = from === "" || to === "" ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (to !== "" && from !== "" && Number(to) < start) return null;
  return start >= bytes || start > end ? "unsatisfiable" : { start, end };
}

/** A file runs and loads nothing. The sandbox also forbids the browser's own viewer of PDFs, which keeps them apart by itself. */
export function contentPolicy(mediaType: string): string {
  const nothing = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
  return mediaType === "application/pdf"
    ? `${nothing}; object-src 'self'; style-src 'unsafe-inline'`
    : `${nothing}; sandbox`;
}
