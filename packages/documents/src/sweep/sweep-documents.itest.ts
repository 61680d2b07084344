import { execFile } from "node:child_process";
import { once } from "node:events";
import { createServer as createHttpServer } from "node:http";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { UserActor } from "@mgs/core/actor";
import type { DossierDto } from "@mgs/dossiers/contract/dossier";
import { dossierSubject } from "@mgs/dossiers/subjects";
import type { WorkerDeps } from "@mgs/module/worker-deps";
import { findChangesAfter, findChangesBefore } from "@mgs/records/changes/changes.repository";
import { isBackgroundOp } from "@mgs/records/contract/background-change";
import sharp from "sharp";
import { beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { purgeDeleted } from "../documents.repository";
import { documentScan } from "../outbox-kinds";
import { createDocumentScanner } from "../scan/scan-document";
import { fileKey, thumbnailKey } from "../storage/keys";
import { RED_PDF } from "../testing/hostile-pdfs";
import { PDF } from "../testing/sample-files";
import { useDocumentStage } from "../testing/use-document-stage";
import { createThumbnailMaker } from "../thumbnails/make-thumbnail";
import { createPdfDrawer } from "../thumbnails/pdf-drawer";
import { beginUpload } from "../uploads/begin-upload";
import { askForPictures, checkFiles, removeFiles, sweepOrphans, sweepUploads } from "./sweep-documents";

const stage = useDocumentStage();
let hery: UserActor;
let dossier: DossierDto;
let path: string;
beforeEach(async () => {
  hery = await stage.add("Hery", "hery@mgs.mg");
  dossier = await stage.dossiers.open(hery);
  path = `/api/dossiers/${dossier.id}/documents`;
});

const PACKAGE = fileURLToPath(new URL("../..", import.meta.url));
const HOUR_MS = 3_600_000;
const deps = (hours = 0) => ({ ...stage.deps(), now: new Date(Date.now() + hours * HOUR_MS) });
const services = () => stage.deps();
const worker = () => ({ ...stage.deps(), database: stage.dossiers.database }) as unknown as WorkerDeps;
const versionOf = async (documentId: string) =>
  stage.dossiers.database.documentVersion.findFirstOrThrow({ where: { documentId } });
const keysLeft = async () => {
  const keys: string[] = [];
  for await (const { key } of stage.storage.list()) keys.push(key);
  return keys.sort();
};
const attempt = (id: string) => ({ payload: { version_id: id } }) as never;

describe("what nobody refers to", () => {
  it("is swept: unfinished uploads after a day, files without a row after two hours; documents stay", async () => {
    const id = await stage.upload(hery, dossier.id, "a.pdf", PDF);
    const { id: versionId } = await versionOf(id);
    const begin = () =>
      beginUpload(stage.deps(), hery, dossierSubject, String(dossier.id), {
        metadata: { filename: "b.pdf" },
        bytes: 9,
      });
    const { Upload } = await import("@tus/utils");
    const store = await stage.storage.incoming();
    const unfinished = await begin();
    await store.create(new Upload({ id: fileKey(unfinished), size: 9, offset: 0 }));
    // A kill between the row and the file leaves a row alone; one between the file and its row cannot be.
    await begin();
    // A document whose rows were purged when the process was killed.
    const orphan = "0198a3b0-1111-7000-8000-0000000000ab";
    await stage.storage.write(fileKey(orphan), PDF, "application/pdf");
    await stage.storage.write("lost+found/keep", Buffer.from("x"), "text/plain");

    await sweepUploads({ ...deps(), now: new Date(stage.deps().clock.now().getTime() + 23 * HOUR_MS) });
    expect(await sweepOrphans(deps(1))).toBe(0);
    expect(await stage.dossiers.database.documentUpload.count()).toBe(3);
    const later = { ...deps(), now: new Date(stage.deps().clock.now().getTime() + 25 * HOUR_MS) };
    expect(await sweepUploads(later)).toBe(3);
    expect(await sweepUploads(later)).toBe(0);
    expect(await sweepOrphans(deps(3))).toBe(1);
    expect(await keysLeft()).toEqual([fileKey(versionId), "lost+found/keep"].sort());
    expect((await stage.call(hery, `${path}/${id}/content`)).status).toBe(200);
  });

  it("goes with a deleted document after its time", async () => {
    const id = await stage.upload(hery, dossier.id, "a.pdf", PDF);
    await stage.upload(hery, dossier.id, "a.pdf", PDF, { document_id: id });
    await stage.call(hery, `${path}/${id}`, { method: "DELETE" });
    const at = stage.deps().clock.now();
    expect(await purgeDeleted(stage.dossiers.database, at, 10)).toEqual([]);
    const ids = await purgeDeleted(stage.dossiers.database, new Date(at.getTime() + 1), 10);
    expect(ids).toHaveLength(2);
    await removeFiles(services(), ids);
    expect((await keysLeft()).filter((key) => !key.endsWith(".json"))).toEqual([]);
    expect(await stage.dossiers.database.documentVersion.count()).toBe(0);
  });

  it("shows a file that is lost, and takes it back when it is there again", async () => {
    const id = await stage.upload(hery, dossier.id, "a.pdf", PDF);
    const { id: versionId } = await versionOf(id);
    const week = { ...deps(), now: new Date(stage.deps().clock.now().getTime() + 8 * 24 * HOUR_MS) };
    const month = { ...deps(), now: new Date(week.now.getTime() + 30 * 24 * HOUR_MS) };
    expect(await checkFiles(week)).toBe(0);
    await stage.storage.remove(fileKey(versionId));
    expect(await stage.codeOf(await stage.call(hery, `${path}/${id}/content`))).toBe("410 DOCUMENT_GONE");
    expect(await checkFiles(month)).toBe(1);
    expect(await stage.list(hery, dossier.id)).toMatchObject([{ current: { state: "missing" } }]);
    expect(await stage.codeOf(await stage.call(hery, `${path}.zip`))).toBe("404 DOCUMENT_NOT_FOUND");
    await stage.storage.write(fileKey(versionId), PDF, "application/pdf");
    await checkFiles({ ...month, now: new Date(month.now.getTime() + 30 * 24 * HOUR_MS) });
    expect(await stage.list(hery, dossier.id)).toMatchObject([{ current: { state: "ready" } }]);
  });
});

describe("a picture", () => {
  it("gets a small one, upright; one that cannot be read has none", async () => {
    const image = await sharp({ create: { width: 1_200, height: 600, channels: 3, background: "#2563eb" } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const id = await stage.upload(hery, dossier.id, "photo.jpg", image);
    const broken = await stage.upload(hery, dossier.id, "cassée.jpg", image.subarray(0, 400));
    expect(await stage.codeOf(await stage.call(hery, `${path}/${id}/thumbnail`))).toBe("404 NOT_FOUND");
    const rows = await stage.dossiers.database.outbox.findMany({ where: { kind: "document.thumbnail" } });
    expect(rows).toHaveLength(2);
    for (const documentId of [id, broken])
      await createThumbnailMaker(services)(worker(), attempt((await versionOf(documentId)).id));
    const response = await stage.call(hery, `${path}/${id}/thumbnail`);
    expect(response.headers.get("content-type")).toBe("image/webp");
    const { width, height } = await sharp(Buffer.from(await response.arrayBuffer())).metadata();
    expect([width, height]).toEqual([160, 320]);
    const listed = await stage.list(hery, dossier.id);
    expect(listed.map(({ current }) => current.has_thumbnail)).toEqual([true, false]);
    // Open pages hear of the picture, and of it alone; the history has no line for it.
    const { database } = stage.dossiers;
    const record = { type: "dossier", id: String(dossier.id) };
    const made = (await findChangesAfter(database, record, 0, 50)).filter(({ op }) => isBackgroundOp(op));
    expect(made.map(({ details }) => details)).toEqual([{ document_id: id }]);
    const told = await database.outbox.findMany({ where: { kind: "record.changed" } });
    expect(told.map(({ payload }) => (payload as { seq: number }).seq)).toContain(made[0]?.seq);
    const history = await findChangesBefore(database, record, undefined, 50);
    expect(history.filter(({ op }) => isBackgroundOp(op))).toEqual([]);
    expect(await stage.storage.has(thumbnailKey((await versionOf(broken)).id))).toBe(false);
  });
});

describe("a PDF", () => {
  const bundle = "node_modules/.cache/documents-test/pdf-thread.js";
  beforeAll(async () => {
    const files = ["src/thumbnails/pdf-thread.ts", bundle];
    await promisify(execFile)(process.execPath, ["../../scripts/bundle.mjs", ...files], { cwd: PACKAGE });
  });

  it("gets a small picture of its first page; one that cannot be drawn has none, and its row is done", async () => {
    const id = await stage.upload(hery, dossier.id, "plan.pdf", RED_PDF);
    const broken = await stage.upload(hery, dossier.id, "coupé.pdf", RED_PDF.subarray(0, 60));
    const rows = await stage.dossiers.database.outbox.findMany({ where: { kind: "document.thumbnail" } });
    expect(rows).toHaveLength(2);
    const drawPdf = createPdfDrawer(pathToFileURL(`${PACKAGE}${bundle}`));
    for (const documentId of [id, broken])
      await createThumbnailMaker(services)({ ...worker(), drawPdf }, attempt((await versionOf(documentId)).id));
    const response = await stage.call(hery, `${path}/${id}/thumbnail`);
    expect(response.headers.get("content-type")).toBe("image/webp");
    const picture = sharp(Buffer.from(await response.arrayBuffer()));
    expect(await picture.metadata()).toMatchObject({ width: 226, height: 320 });
    const [red = 0, green = 255] = await picture.extract({ left: 100, top: 40, width: 1, height: 1 }).raw().toBuffer();
    expect(red - green).toBeGreaterThan(200);
    expect((await stage.list(hery, dossier.id)).map(({ current }) => current.has_thumbnail)).toEqual([true, false]);
    expect((await versionOf(broken)).thumbnail).toBe("failed");
  });
});

describe("small pictures", () => {
  it("are asked for by the sweep, once, where a file was stored when its type had none", async () => {
    const ids = [];
    for (const name of ["a.pdf", "b.pdf"]) ids.push(await stage.upload(hery, dossier.id, name, RED_PDF));
    const text = await stage.upload(hery, dossier.id, "notes.txt", Buffer.from("Voilà"));
    const { database } = stage.dossiers;
    await database.outbox.deleteMany();
    await database.documentVersion.updateMany({ data: { thumbnail: "none" } });
    // Nobody opens what a scanner has not looked at, and no picture shows it either.
    await database.documentVersion.updateMany({ where: { documentId: ids[1] ?? "" }, data: { scan: "infected" } });
    const asked = await Promise.all([askForPictures(worker()), askForPictures(worker())]);
    expect(asked.toSorted()).toEqual([0, 1]);
    expect(await askForPictures(worker())).toBe(0);
    const rows = await database.outbox.findMany({ where: { kind: "document.thumbnail" } });
    expect(rows.map(({ payload }) => payload)).toEqual([{ version_id: (await versionOf(ids[0] ?? "")).id }]);
    expect((await versionOf(text)).thumbnail).toBe("none");
  });

  it("are made one after the other: the memory of a worker is that of one file", async () => {
    const ids = [];
    for (const name of ["a.pdf", "b.pdf"]) ids.push(await stage.upload(hery, dossier.id, name, RED_PDF));
    const read = vi.spyOn(stage.storage, "read");
    onTestFinished(() => read.mockRestore());
    const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const drawPdf = async () => {
      begun.resolve();
      await ended.promise;
      return { width: 1, height: 1, pixels: new Uint8Array(4) };
    };
    const make = createThumbnailMaker(services);
    const [first, second] = await Promise.all(ids.map(async (id) => attempt((await versionOf(id)).id)));
    const both = [first, second].map((one) => make({ ...worker(), drawPdf }, one as never));
    await begun.promise;
    // The second has asked the database by now, and waits for its turn.
    await stage.list(hery, dossier.id);
    expect(read).toHaveBeenCalledTimes(1);
    ended.resolve();
    await Promise.all(both);
    expect(read).toHaveBeenCalledTimes(2);
    expect((await stage.list(hery, dossier.id)).map(({ current }) => current.has_thumbnail)).toEqual([true, true]);
  });
});

describe("with a virus scanner", () => {
  /** A daemon that speaks as clamd does, and knows one virus. */
  async function startClamd(reply: (file: Buffer) => string) {
    const sockets = new Set<Socket>();
    const server = createServer((socket) => {
      sockets.add(socket);
      let received = Buffer.alloc(0);
      socket.on("error", () => undefined);
      socket.on("data", (bytes: Buffer) => {
        received = Buffer.concat([received, bytes]);
        const parts: Buffer[] = [];
        for (let at = "zINSTREAM\0".length; at + 4 <= received.length; ) {
          const length = received.readUInt32BE(at);
          if (length === 0) {
            socket.end(`stream: ${reply(Buffer.concat(parts))}\0`);
            return;
          }
          parts.push(received.subarray(at + 4, at + 4 + length));
          at += 4 + length;
        }
      });
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    return {
      url: `clamd://127.0.0.1:${port}`,
      close: () => {
        for (const socket of sockets) socket.destroy();
        server.close();
      },
    };
  }

  it("nobody opens a file before it is found clean; a harmful one is removed, and silence is asked again", async () => {
    const virus = Buffer.concat([PDF, Buffer.from("EICAR-STANDARD-ANTIVIRUS-TEST-FILE")]);
    const clamd = await startClamd((file) => (file.includes("EICAR") ? "Eicar-Test-Signature FOUND" : "OK"));
    stage.settings.scanUrl = clamd.url;
    const clean = await stage.upload(hery, dossier.id, "propre.pdf", Buffer.concat([PDF, Buffer.alloc(300_000, "x")]));
    const harmful = await stage.upload(hery, dossier.id, "virus.pdf", virus);
    for (const id of [clean, harmful])
      expect(await stage.codeOf(await stage.call(hery, `${path}/${id}/content`))).toBe("409 DOCUMENT_NOT_READY");
    expect(await stage.codeOf(await stage.call(hery, `${path}.zip`))).toBe("404 DOCUMENT_NOT_FOUND");

    const scan = createDocumentScanner(services);
    for (const id of [clean, harmful]) await scan(worker(), attempt((await versionOf(id)).id));
    expect((await stage.call(hery, `${path}/${clean}/content`)).status).toBe(200);
    expect(await stage.codeOf(await stage.call(hery, `${path}/${harmful}/content`))).toBe("410 DOCUMENT_GONE");
    expect(await stage.storage.has(fileKey((await versionOf(harmful)).id))).toBe(false);
    const ops = await stage.dossiers.database.recordChange.findMany({ where: { actor: "system:virus-scanner" } });
    expect(ops.map(({ op }) => op).sort()).toEqual(["document-infected", "document-scanned"]);

    const late = await stage.upload(hery, dossier.id, "tard.pdf", PDF);
    clamd.close();
    await expect(scan(worker(), attempt((await versionOf(late)).id))).rejects.toThrow("no answer: ECONNREFUSED");
    expect(await stage.codeOf(await stage.call(hery, `${path}/${late}/content`))).toBe("409 DOCUMENT_NOT_READY");
    // The row stays in the outbox for days, and the file opens when a scanner is there again: another one, by HTTP.
    expect(documentScan.retries.maxAttempts * documentScan.retries.maxDelayMs).toBeGreaterThan(5 * 24 * HOUR_MS);
    const service = createHttpServer((request, response) => {
      request.resume().on("end", () => response.end('{"infected":false}'));
    }).listen(0, "127.0.0.1");
    await once(service, "listening");
    onTestFinished(() => void service.close());
    stage.settings.scanUrl = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    await scan(worker(), attempt((await versionOf(late)).id));
    expect((await stage.call(hery, `${path}/${late}/content`)).status).toBe(200);
  });

  it("reads the bytes that were stored", async () => {
    let seen: Buffer = Buffer.alloc(0);
    const clamd = await startClamd((file) => {
      seen = file;
      return "OK";
    });
    stage.settings.scanUrl = clamd.url;
    const bytes = Buffer.concat([PDF, Buffer.alloc(500_000, "z")]);
    const id = await stage.upload(hery, dossier.id, "a.pdf", bytes);
    await createDocumentScanner(services)(worker(), attempt((await versionOf(id)).id));
    clamd.close();
    expect(seen.equals(bytes)).toBe(true);
    const stored = await buffer(Readable.from(await stage.storage.read(fileKey((await versionOf(id)).id))));
    expect(stored.equals(bytes)).toBe(true);
  });
});
