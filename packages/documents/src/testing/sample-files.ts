import type { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { ZipFile } from "yazl";

/** The smallest PDF that viewers open. */
export const PDF = Buffer.from(
  `%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj
trailer<</Root 1 0 R>>
%%EOF
`,
);

/** A PDF of a size. */
export const pdfOf = (bytes: number, fill = "x"): Buffer =>
  Buffer.concat([PDF, Buffer.alloc(bytes - PDF.length, fill)]);

/** The head of a program for Windows. */
export const EXE = Buffer.concat([
  Buffer.from("4d5a90000300000004000000ffff0000b800000000000000400000000000000000", "hex"),
  Buffer.alloc(1_000),
]);

/** Packs entries. */
export async function zipOf(entries: Readonly<Record<string, string | Buffer>>): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, content] of Object.entries(entries))
    zip.addBuffer(Buffer.from(content), name, { compress: name !== "mimetype" });
  zip.end();
  return buffer(zip.outputStream as Readable);
}

const DOCX = { "[Content_Types].xml": "<Types/>", "word/document.xml": "<w:document/>" };

/** A document of Word, with further entries. */
export const docxOf = (more: Readonly<Record<string, string | Buffer>> = {}): Promise<Buffer> =>
  zipOf({ ...DOCX, ...more });
