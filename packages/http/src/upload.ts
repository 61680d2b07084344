import { AppError } from "@mgs/core/errors";
import { readBytes } from "./body";
import { FORMS } from "./form-body";

/** A posted form with one file. */
export type Upload = { file: { name: string; bytes: Buffer } | null; fields: Readonly<Record<string, string>> };

/**
 * Reads a posted form with a file, of which it holds `maxBytes` in memory at most. Whether the file can be used is the caller's question.
 * @param fileField name of the form's file; other fields are texts
 * @throws AppError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, BAD_REQUEST
 */
export async function readUpload(request: Request, fileField: string, maxBytes: number): Promise<Upload> {
  const type = request.headers.get("content-type") ?? "";
  if (!FORMS.includes(type.split(";")[0]?.trim().toLowerCase() ?? "")) throw new AppError("UNSUPPORTED_MEDIA_TYPE");
  const bytes = await readBytes(request, maxBytes);
  const form = await new Response(bytes, { headers: { "content-type": type } }).formData().catch((cause: unknown) => {
    throw new AppError("BAD_REQUEST", { cause });
  });
  const fields: Record<string, string> = {};
  let file: Upload["file"] = null;
  for (const [name, value] of form) {
    if (typeof value === "string") fields[name] = value;
    else if (name === fileField) file = { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) };
  }
  return { file, fields };
}
