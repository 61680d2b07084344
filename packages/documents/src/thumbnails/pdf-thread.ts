import { parentPort, workerData } from "node:worker_threads";
import { drawPage } from "./draw-page";

/** The thread of `createPdfDrawer`: draws the first page of one PDF, answers with it and ends. */

export type PdfOrder = { file: Uint8Array; sizePx: number };

/** A scanned page takes a tenth of it. */
const MAX_MEMORY_BYTES = 384 * 1024 * 1024;
/** A page of WebAssembly's memory. */
const MEMORY_PAGE_BYTES = 64 * 1024;

const parent = parentPort;
if (!parent) throw new Error("this is a thread of the worker");
limitMemory();
const { file, sizePx } = workerData as PdfOrder;
parent.postMessage(await drawPage(file, sizePx));

/** The limits that Node knows for a thread are those of JavaScript; PDFium takes its memory by `grow`, and gives up where that throws. */
function limitMemory(): void {
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (this: WebAssembly.Memory, pages: number) {
    if (this.buffer.byteLength + pages * MEMORY_PAGE_BYTES > MAX_MEMORY_BYTES)
      throw new RangeError("a PDF asks for too much memory");
    return grow.call(this, pages);
  };
}
