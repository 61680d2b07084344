import { AppError } from "@mgs/core/errors";
import { validate } from "@mgs/core/validate";
import type { z } from "zod";
import { decodeForm, readBytes } from "./body";

const DEFAULT_MAX_BYTES = 16 * 1_024;
/** Content that a posted HTML form has. */
export const FORMS: readonly string[] = ["application/x-www-form-urlencoded", "multipart/form-data"];

/** Reads the fields of a posted HTML form. @throws AppError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, BAD_REQUEST, VALIDATION_ERROR */
export async function readFormBody<T extends z.ZodType>(
  request: Request,
  schema: T,
  { maxBytes = DEFAULT_MAX_BYTES }: { maxBytes?: number } = {},
): Promise<z.output<T>> {
  const type = (request.headers.get("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  if (!FORMS.includes(type)) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  const bytes = await readBytes(request, maxBytes);
  // Our forms have no files, so every part of a multipart body is text.
  decodeForm(bytes);
  const bounded = new Response(bytes, {
    headers: { "content-type": request.headers.get("content-type") ?? type },
  });
  const form = await bounded.formData().catch((cause: unknown) => {
    throw new AppError("BAD_REQUEST", { cause });
  });
  const fields = [...form].map(([name, value]) => [name, typeof value === "string" ? value : ""]);
  return validate(schema, Object.fromEntries(fields));
}

/** Tells whether our own script sent the form: it handles the JSON answer itself. */
export function wantsJson(request: Request): boolean {
  return (request.headers.get("accept") ?? "").includes("application/json");
}
