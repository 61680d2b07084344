import { isUtf8 } from "node:buffer";
import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { z } from "zod";
import { getNodeBody, readNodeBody } from "./node-body";

const DEFAULT_MAX_BYTES = 64 * 1024;

/**
 * Reads a JSON body, of which it holds `maxBytes` in memory at most.
 * @throws AppError UNSUPPORTED_MEDIA_TYPE (415), PAYLOAD_TOO_LARGE (413), INVALID_JSON (400: empty, not UTF-8 or not
 * JSON), VALIDATION_ERROR (422)
 */
export async function readJson<T extends z.ZodType>(
  request: Request,
  schema: T,
  { maxBytes = DEFAULT_MAX_BYTES }: { maxBytes?: number } = {},
): Promise<z.output<T>> {
  if (!isJson(request.headers)) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  return validate(schema, parseJson(await readBytes(request, maxBytes)));
}

/**
 * Parses the query string; the last value of a repeated name counts.
 * @throws AppError VALIDATION_ERROR
 */
export function readQuery<T extends z.ZodType>(request: Request, schema: T): z.output<T> {
  return validate(schema, Object.fromEntries(new URL(request.url).searchParams));
}

/** Tells whether a body is `application/json` in UTF-8, its one encoding (RFC 8259 section 8.1), and not compressed. */
function isJson(headers: Headers): boolean {
  const [type = "", ...parameters] = (headers.get("content-type") ?? "").toLowerCase().split(";");
  if (type.trim() !== "application/json") return false;
  if ((headers.get("content-encoding") ?? "identity").toLowerCase() !== "identity") return false;
  return parameters
    .map((parameter) => parameter.trim())
    .every((parameter) => !parameter.startsWith("charset=") || /^charset="?utf-?8"?$/.test(parameter));
}

/** Parses JSON in UTF-8. @throws AppError INVALID_JSON, also when a byte is no UTF-8 */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new AppError("INVALID_JSON");
  }
}

/**
 * Decodes the text of a posted form.
 * @throws AppError BAD_REQUEST when the text, or a percent-encoded part of it, is no UTF-8
 */
export function decodeForm(bytes: Uint8Array): string {
  const raw = Buffer.from(bytes).toString("latin1");
  const plain = raw.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  if (!isUtf8(bytes) || !isUtf8(Buffer.from(plain, "latin1"))) throw new AppError("BAD_REQUEST");
  return Buffer.from(bytes).toString("utf8");
}

/**
 * Reads a whole body, of which it holds `maxBytes` in memory at most; `text()` and `formData()` have no such limit.
 * @throws AppError PAYLOAD_TOO_LARGE, BAD_REQUEST (the upload was aborted)
 */
export async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  if (Number(request.headers.get("content-length") ?? 0) > maxBytes) throw new AppError("PAYLOAD_TOO_LARGE");
  const message = getNodeBody(request);
  if (message) return readNodeBody(message, maxBytes);
  if (!request.body) return new Uint8Array();
  const reader = request.body.getReader();
  const chunks: Uint8Array[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read().catch((cause: unknown) => {
      throw new AppError("BAD_REQUEST", { cause });
    });
    if (done) return Buffer.concat(chunks, total);
    total += value.byteLength;
    if (total > maxBytes) {
      void reader.cancel().catch(() => undefined);
      throw new AppError("PAYLOAD_TOO_LARGE");
    }
    chunks.push(value);
  }
}
