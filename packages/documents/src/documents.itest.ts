import type { Readable } from "node:stream";
import type { UserActor } from "@mgs/core/actor";
import { uuidv7 } from "@mgs/core/ids";
import type { DossierDto } from "@mgs/dossiers/contract/dossier";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { fromBuffer } from "yauzl";
import { MAX_DOCUMENTS } from "./contract/document";
import { refusalOf, sha256 } from "./testing/refusal-of";
import { PDF, pdfOf } from "./testing/sample-files";
import { useDocumentStage } from "./testing/use-document-stage";

const stage = useDocumentStage();
let hery: UserActor;
let dossier: DossierDto;
let path: string;
beforeEach(async () => {
  hery = await stage.add("Hery", "hery@mgs.mg");
  dossier = await stage.dossiers.open(hery);
  path = `/api/dossiers/${dossier.id}/documents`;
});

afterEach(() => vi.restoreAllMocks());

describe("a document", () => {
  it("is stored with its checksum, read whole and in part, and is a change of its record", async () => {
    const bytes = pdfOf(3_000_000);
    const id = await stage.upload(hery, dossier.id, "Été & plan.pdf", bytes);
    const [document] = await stage.list(hery, dossier.id);
    expect(document).toMatchObject({
      ...{ id, name: "Été & plan.pdf", deleted: null, may: { replace: true, delete: true, restore: false } },
      current: {
        version: 1,
        media_type: "application/pdf",
        bytes: bytes.length,
        sha256: sha256(bytes),
        preview: "pdf",
      },
    });

    const whole = await stage.call(hery, `${path}/${id}/content`);
    expect(Buffer.from(await whole.arrayBuffer()).equals(bytes)).toBe(true);
    expect(whole.headers.get("content-disposition")).toBe(
      "attachment; filename=\"Ete & plan.pdf\"; filename*=UTF-8''%C3%89t%C3%A9%20%26%20plan.pdf",
    );
    expect(whole.headers.get("content-security-policy")).toContain("default-src 'none'");
    const inline = await stage.call(hery, `${path}/${id}/content?inline=true`, { headers: { range: "bytes=5-7" } });
    expect([inline.status, await inline.text()]).toEqual([206, bytes.subarray(5, 8).toString()]);
    expect(inline.headers.get("content-range")).toBe(`bytes 5-7/${bytes.length}`);
    expect(inline.headers.get("content-disposition")).toMatch(/^inline;/);
    const end = await stage.call(hery, `${path}/${id}/content`, { headers: { range: "bytes=-4" } });
    expect(await end.text()).toBe("xxxx");
    const behind = await stage.call(hery, `${path}/${id}/content`, { headers: { range: "bytes=9999999-" } });
    expect(behind.status).toBe(416);
    const known = await stage.call(hery, `${path}/${id}/content`, {
      headers: { "if-none-match": whole.headers.get("etag") ?? "" },
    });
    expect(known.status).toBe(304);

    const changes = await stage.dossiers.database.recordChange.findMany({ where: { op: "document-added" } });
    expect(changes).toMatchObject([{ subjectType: "dossier", userId: hery.userId, details: { document_id: id } }]);
  });

  it("keeps its versions, and gives each of them", async () => {
    const id = await stage.upload(hery, dossier.id, "bail.pdf", PDF);
    const next = pdfOf(2_000, "y");
    expect(await stage.upload(hery, dossier.id, "bail signé.pdf", next, { document_id: id })).toBe(id);
    const details = (await (await stage.call(hery, `${path}/${id}`)).json()) as {
      data: { versions: unknown[]; name: string };
    };
    expect(details.data).toMatchObject({ name: "bail signé.pdf", versions: [{ version: 2 }, { version: 1 }] });
    const read = async (query: string) => {
      const response = await stage.call(hery, `${path}/${id}/content${query}`);
      return Buffer.from(await response.arrayBuffer());
    };
    expect((await read("")).equals(next)).toBe(true);
    expect((await read("?version=1")).equals(PDF)).toBe(true);
    expect(await stage.codeOf(await stage.call(hery, `${path}/${id}/content?version=3`))).toBe(
      "404 DOCUMENT_NOT_FOUND",
    );
    const missing = stage.upload(hery, dossier.id, "x.pdf", PDF, {
      document_id: "0198a3b0-0000-7000-8000-000000000000",
    });
    expect(await refusalOf(missing)).toBe("DOCUMENT_NOT_FOUND");
    // Five at the same time get five numbers.
    await Promise.all(
      [1, 2, 3, 4, 5].map((n) => stage.upload(hery, dossier.id, `v${n}.pdf`, PDF, { document_id: id })),
    );
    const [document] = await stage.list(hery, dossier.id);
    expect(document?.current.version).toBe(7);
  });

  it("comes in one archive with the others, and names that are alike get a number", async () => {
    for (const name of ["Plan.pdf", "plan.pdf", "../../Plan.pdf", "notes.txt"])
      await stage.upload(hery, dossier.id, name, name.endsWith("txt") ? Buffer.from("Voilà") : PDF);
    const response = await stage.call(hery, `${path}.zip`);
    expect(response.headers.get("content-type")).toBe("application/zip");
    const names: string[] = await new Promise((resolve, reject) =>
      response.arrayBuffer().then((bytes) =>
        fromBuffer(Buffer.from(bytes), (error, zip) => {
          if (error) return reject(error);
          const found: string[] = [];
          zip.on("entry", ({ fileName }: { fileName: string }) => found.push(fileName)).on("end", () => resolve(found));
        }),
      ),
    );
    expect(names).toEqual(["Plan.pdf", "plan (2).pdf", "Plan (3).pdf", "notes.txt"]);
  });

  it("is not restored where the record has as many as it may have: lists and archives would leave one out", async () => {
    const id = await stage.upload(hery, dossier.id, "plan.pdf", PDF);
    await stage.call(hery, `${path}/${id}`, { method: "DELETE" });
    const row = { subjectType: "dossier", subjectId: String(dossier.id), name: "a.pdf", createdBy: hery.userId };
    const others = Array.from({ length: MAX_DOCUMENTS }, () => ({ id: uuidv7(), ...row }));
    const { document } = stage.dossiers.database;
    await document.createMany({ data: others });
    const restore = () => stage.call(hery, `${path}/${id}/restore`, { method: "POST" });
    expect(await stage.codeOf(await restore())).toBe("422 VALIDATION_ERROR");
    await document.delete({ where: { id: others[0]?.id ?? "" } });
    expect((await restore()).status).toBe(200);
  });

  it("of an archive that its reader breaks off is closed, and those after it are not opened", async () => {
    for (const name of ["a.pdf", "b.pdf", "c.pdf"]) await stage.upload(hery, dossier.id, name, pdfOf(15_000_000));
    const opened: Readable[] = [];
    const { read } = stage.storage;
    vi.spyOn(stage.storage, "read").mockImplementation(async (...args) => {
      const file = await read.apply(stage.storage, args);
      opened.push(file);
      return file;
    });
    const broken = new AbortController();
    const response = await stage.call(hery, `${path}.zip`, { signal: broken.signal });
    await response.body?.getReader().read();
    broken.abort();
    await expect.poll(() => opened.map(({ closed }) => closed)).toEqual([true]);
  });

  it("is deleted and restored by who brought it or works on the record, for 30 days", async () => {
    const work = await stage.add("Tiana", "tiana@mgs.mg", "gestionnaire");
    const follower = await stage.add("Fara", "fara@mgs.mg");
    await dossierSubject.follow(stage.dossiers.database, String(dossier.id), [follower.userId, work.userId]);
    const id = await stage.upload(hery, dossier.id, "a.pdf", PDF);
    expect(await stage.codeOf(await stage.call(follower, `${path}/${id}`, { method: "DELETE" }))).toBe("403 FORBIDDEN");
    expect((await stage.call(hery, `${path}/${id}`, { method: "DELETE" })).status).toBe(200);
    expect(await stage.list(hery, dossier.id)).toEqual([]);
    expect(await stage.list(follower, dossier.id, "?deleted=true")).toEqual([]);
    expect(await stage.codeOf(await stage.call(follower, `${path}/${id}/content`))).toBe("404 DOCUMENT_NOT_FOUND");
    expect(await stage.codeOf(await stage.call(hery, `${path}.zip`))).toBe("404 DOCUMENT_NOT_FOUND");
    expect(await stage.list(hery, dossier.id, "?deleted=true")).toMatchObject([
      { id, deleted: { by: { name: "Hery" }, restorable_until: "2026-12-30T09:00:00.000Z" } },
    ]);
    expect((await stage.call(hery, `${path}/${id}/restore`, { method: "POST" })).status).toBe(200);
    expect(await stage.list(follower, dossier.id)).toHaveLength(1);
    await stage.call(hery, `${path}/${id}`, { method: "DELETE" });
    stage.dossiers.setNow(new Date("2026-12-30T09:00:00Z"));
    expect(await stage.codeOf(await stage.call(hery, `${path}/${id}/restore`, { method: "POST" }))).toBe(
      "404 DOCUMENT_NOT_FOUND",
    );
  });
});
