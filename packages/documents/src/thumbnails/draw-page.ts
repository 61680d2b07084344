import type { PDFiumLibrary } from "@hyzyla/pdfium";

/** A drawn page: four bytes a pixel, red first. */
export type DrawnPage = { width: number; height: number; pixels: Uint8Array };

let library: Promise<PDFiumLibrary> | undefined;

/**
 * Draws the first page of a PDF on white, as large as fits into a square.
 *
 * PDFium runs as WebAssembly, which reaches nothing outside of its own memory, and is built without JavaScript: scripts of a PDF do not run. It
 * takes all time and memory that a file asks for, so files of strangers are drawn by `createPdfDrawer`.
 * @throws Error for what is no PDF, is encrypted or has no page
 */
export async function drawPage(file: Uint8Array, sizePx: number): Promise<DrawnPage> {
  // The release and the command line, which make the demonstration's files alone, have no library of PDFs.
  library ??= import("@hyzyla/pdfium").then(({ PDFiumLibrary: pdfium }) => pdfium.init());
  const document = await (await library).loadDocument(file);
  try {
    const page = document.getPage(0);
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const scale = sizePx / Math.max(originalWidth, originalHeight);
    const lengthOf = (points: number) => Math.max(1, Math.round(points * scale));
    const size = { width: lengthOf(originalWidth), height: lengthOf(originalHeight) };
    const { width, height, data } = await page.render({ ...size, render: async ({ data }) => data });
    return { width, height, pixels: data };
  } finally {
    document.destroy();
  }
}
