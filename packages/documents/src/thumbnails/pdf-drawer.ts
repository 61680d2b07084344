import { Worker } from "node:worker_threads";
import type { DrawnPage } from "./draw-page";
import type { PdfOrder } from "./pdf-thread";
import { UndrawablePage } from "./undrawable-page";

/** The first page of an honest file takes a tenth of a second, or some for a large scan. */
const TIMEOUT_MS = 5_000;
/** Memory for JavaScript in the thread; PDFium's own has another limit. */
const MAX_HEAP_MB = 64;

/**
 * Draws the first page of a PDF of a stranger, as large as fits into a square of so many pixels.
 * @throws UndrawablePage
 */
export type PdfDrawer = (file: Uint8Array, sizePx: number) => Promise<DrawnPage>;

/**
 * Draws each PDF in a thread of its own, which is ended with all that the file has made of it.
 * @param thread the file that is `./pdf-thread`, as a bundle
 */
export function createPdfDrawer(thread: URL, timeoutMs: number = TIMEOUT_MS): PdfDrawer {
  return (file, sizePx) => drawInThread(thread, { file, sizePx }, timeoutMs);
}

async function drawInThread(thread: URL, order: PdfOrder, timeoutMs: number): Promise<DrawnPage> {
  const { promise, resolve, reject } = Promise.withResolvers<DrawnPage>();
  // What the library prints of a broken file is nobody's log.
  const worker = new Worker(thread, {
    ...{ name: "pdf", workerData: order, stdout: true, stderr: true },
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  const fail = (message: string, cause?: unknown) => reject(new UndrawablePage(message, { cause }));
  worker.once("message", resolve);
  worker.once("error", (cause) => fail("a PDF cannot be drawn", cause));
  worker.once("exit", () => fail("a PDF has ended its thread"));
  const timer = setTimeout(() => fail("a PDF takes too long to draw"), timeoutMs);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}
