import { execFile } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { inflatingPdf, multiplyingPdf, RED_PDF, slowPdf } from "../testing/hostile-pdfs";
import { PDF } from "../testing/sample-files";
import { createPdfDrawer } from "./pdf-drawer";
import { UndrawablePage } from "./undrawable-page";

const folder = fileURLToPath(new URL("../..", import.meta.url));
const bundle = "node_modules/.cache/pdf-thread-test/pdf-thread.js";
const thread = pathToFileURL(`${folder}${bundle}`);
const SIDE = 320;

beforeAll(async () => {
  await promisify(execFile)(process.execPath, ["../../scripts/bundle.mjs", "src/thumbnails/pdf-thread.ts", bundle], {
    cwd: folder,
  });
});

describe("the first page of a PDF", () => {
  const draw = createPdfDrawer(thread);

  it("is drawn within a square, on white, and no script of it runs", async () => {
    const { width, height, pixels } = await draw(RED_PDF, SIDE);
    expect([width, height]).toEqual([226, SIDE]);
    expect([...pixels.subarray(0, 4)]).toEqual([255, 0, 0, 255]);
    expect([...pixels.subarray(-4)].slice(0, 3)).toEqual([255, 255, 255]);
    expect(await draw(PDF, SIDE)).toMatchObject({ width: SIDE, height: SIDE });
  });

  it.each([
    ["that takes hours", slowPdf, 3_000],
    ["whose forms multiply", multiplyingPdf, undefined],
    ["that inflates", inflatingPdf, undefined],
    ["that is cut off", () => RED_PDF.subarray(0, 60), undefined],
    ["that is empty", () => Buffer.alloc(0), undefined],
    [
      "without a page",
      () => Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n"),
      undefined,
    ],
  ])("of a file %s is none, and the next file is drawn", async (_, make, timeoutMs) => {
    await expect(createPdfDrawer(thread, timeoutMs)(make(), SIDE)).rejects.toThrow(UndrawablePage);
    expect(await draw(RED_PDF, SIDE)).toMatchObject({ width: 226 });
  });

  it("ends with its thread: one that is gone without an answer is none either", async () => {
    const silent = new URL("data:text/javascript,process.exit(0)");
    await expect(createPdfDrawer(silent)(PDF, SIDE)).rejects.toThrow(UndrawablePage);
  });
});
