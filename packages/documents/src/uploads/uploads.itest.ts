import { request as httpRequest } from "node:http";
import { Readable } from "node:stream";
import type { UserActor } from "@mgs/core/actor";
import type { DossierDto } from "@mgs/dossiers/contract/dossier";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { Upload } from "tus-js-client";
import { beforeEach, describe, expect, it } from "vitest";
import { fileKey } from "../storage/keys";
import { refusalOf, sha256 } from "../testing/refusal-of";
import { docxOf, EXE, PDF, pdfOf, zipOf } from "../testing/sample-files";
import { useDocumentStage } from "../testing/use-document-stage";
import { beginUpload } from "../uploads/begin-upload";

const stage = useDocumentStage();
let hery: UserActor;
let stranger: UserActor;
let dossier: DossierDto;
let path: string;
beforeEach(async () => {
  hery = await stage.add("Hery", "hery@mgs.mg");
  stranger = await stage.add("Solo", "solo@mgs.mg");
  dossier = await stage.dossiers.open(hery);
  path = `/api/dossiers/${dossier.id}/documents`;
});

describe("an upload", () => {
  it("that is broken off goes on where it stopped, and is its person's alone", async () => {
    const bytes = pdfOf(5_000_000);
    const begun = await begin("plan.pdf", bytes.length);
    // The connection breaks in the middle of a chunk.
    await new Promise<void>((resolve) => {
      const outgoing = httpRequest(`${stage.origin}${begun}`, {
        method: "PATCH",
        headers: {
          ...stage.headersOf(hery),
          ...TUS,
          "upload-offset": "0",
          ...STREAM,
          "content-length": String(bytes.length),
        },
      });
      outgoing.on("error", () => undefined);
      outgoing.on("close", resolve);
      outgoing.write(bytes.subarray(0, 2_000_000), () => outgoing.destroy());
    });
    const head = await stage.call(hery, begun, { method: "HEAD", headers: TUS });
    const offset = Number(head.headers.get("upload-offset"));
    expect(offset).toBeGreaterThan(0);
    expect(offset).toBeLessThanOrEqual(2_000_000);
    expect(await stage.list(hery, dossier.id)).toEqual([]);
    const shown = (await (await stage.call(hery, begun)).json()) as { data: { offset: number } };
    expect(shown.data.offset).toBe(offset);

    await dossierSubject.follow(stage.dossiers.database, String(dossier.id), [stranger.userId]);
    for (const method of ["HEAD", "GET", "DELETE", "PATCH"])
      expect(
        (await stage.call(stranger, begun, { method, headers: { ...TUS, ...STREAM, "upload-offset": "0" } })).status,
      ).toBe(404);
    const wrong = await patch(begun, 1, bytes.subarray(1));
    expect(await stage.codeOf(wrong)).toBe("409 CONFLICT");

    const upload = new Upload(bytes, {
      ...{
        endpoint: stage.origin,
        uploadUrl: `${stage.origin}${begun}`,
        headers: stage.headersOf(hery),
        chunkSize: 700_000,
      },
    });
    await new Promise<void>((resolve, reject) => {
      Object.assign(upload.options, { onSuccess: () => resolve(), onError: reject });
      upload.start();
    });
    const [document] = await stage.list(hery, dossier.id);
    expect(document?.current.sha256).toBe(sha256(bytes));
  });

  it("whose process died after the last byte becomes a document when its client asks", async () => {
    const uploadId = await beginUpload(stage.deps(), hery, dossierSubject, String(dossier.id), {
      ...{ metadata: { filename: "a.pdf" }, bytes: PDF.length },
    });
    const store = await stage.storage.incoming();
    const { Upload: StoredUpload } = await import("@tus/utils");
    await store.create(new StoredUpload({ id: fileKey(uploadId), size: PDF.length, offset: 0 }));
    await store.write(Readable.from([PDF]), fileKey(uploadId), 0);
    expect(await stage.list(hery, dossier.id)).toEqual([]);
    // Twice at once: one document.
    const asks = [1, 2, 3].map(() => stage.call(hery, `${path}/uploads/${uploadId}`, { method: "HEAD", headers: TUS }));
    for (const { status, headers } of await Promise.all(asks))
      expect([status, headers.get("upload-offset")]).toEqual([200, String(PDF.length)]);
    expect(await stage.list(hery, dossier.id)).toHaveLength(1);
    expect(
      await stage.codeOf(await stage.call(hery, `${path}/uploads/${uploadId}`, { method: "DELETE", headers: TUS })),
    ).toBe("409 CONFLICT");
  });

  it("is refused by size, and takes no byte more than it announced", async () => {
    stage.settings.maxBytes = 1_000;
    expect(await refusalOf(stage.upload(hery, dossier.id, "a.pdf", pdfOf(1_001)))).toBe("PAYLOAD_TOO_LARGE");
    const begun = await begin("a.pdf", 500);
    expect(await stage.codeOf(await patch(begun, 0, pdfOf(501)))).toBe("413 PAYLOAD_TOO_LARGE");
    expect(await stage.codeOf(await stage.call(hery, `${path}/uploads`, { method: "POST" }))).toBe("400 BAD_REQUEST");
    const nameless = await stage.call(hery, `${path}/uploads`, {
      method: "POST",
      headers: { ...TUS, "upload-length": "5" },
    });
    expect(await stage.codeOf(nameless)).toBe("422 VALIDATION_ERROR");
    expect((await stage.call(hery, begun, { method: "DELETE", headers: TUS })).status).toBe(204);
    expect((await stage.call(hery, begun, { method: "HEAD", headers: TUS })).status).toBe(404);
  });

  it("is refused by what its bytes are, whatever its name says, and its file is gone", async () => {
    const bomb = await docxOf({ "word/media/zeros.bin": Buffer.alloc(40_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    const cases: readonly (readonly [name: string, bytes: Buffer, refusal: string])[] = [
      ["facture.pdf", EXE, "DOCUMENT_REFUSED type"],
      ["bombe.docx", bomb, "DOCUMENT_REFUSED archive"],
      ["macro.docx", await docxOf({ "word/vbaProject.bin": "x" }), "DOCUMENT_REFUSED archive"],
      ["programme.docx", await docxOf({ "word/embeddings/a.exe": EXE }), "DOCUMENT_REFUSED archive"],
      ["coupé.docx", (await docxOf()).subarray(0, 100), "DOCUMENT_REFUSED archive"],
      ["tout.zip", await zipOf({ "a.txt": "a" }), "DOCUMENT_REFUSED type"],
      ["image.svg", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>"), "DOCUMENT_REFUSED type"],
      ["page.html", Buffer.from("<script>alert(1)</script>"), "DOCUMENT_REFUSED type"],
      ["notes.txt", Buffer.from([1, 2, 3, 4]), "DOCUMENT_REFUSED text"],
      ["vide.pdf", Buffer.alloc(0), "DOCUMENT_REFUSED empty"],
    ];
    for (const [name, bytes, refusal] of cases)
      expect([name, await refusalOf(stage.upload(hery, dossier.id, name, bytes))]).toEqual([name, refusal]);
    expect(await stage.list(hery, dossier.id)).toEqual([]);
    const left: string[] = [];
    for await (const { key } of stage.storage.list()) left.push(key);
    expect(left).toEqual([]);
  });

  it("whose bytes are not those that its client announced is refused, and its file is gone", async () => {
    const upload = (bytes: Buffer, checksum: string) =>
      stage.upload(hery, dossier.id, "a.pdf", bytes, { sha256: checksum });
    expect(await refusalOf(upload(PDF, sha256(EXE)))).toBe("DOCUMENT_REFUSED checksum");
    for (const checksum of ["x", sha256(PDF).slice(1), `${sha256(PDF)}0`, ""])
      expect([checksum, await refusalOf(upload(PDF, checksum))]).toEqual([checksum, "VALIDATION_ERROR"]);
    expect(await stage.list(hery, dossier.id)).toEqual([]);
    const left: string[] = [];
    for await (const { key } of stage.storage.list()) left.push(key);
    expect(left).toEqual([]);
    // Whichever way its letters are written.
    await upload(PDF, sha256(PDF).toUpperCase());
    expect(await stage.list(hery, dossier.id)).toMatchObject([{ current: { sha256: sha256(PDF) } }]);
  });

  it("gets a name that misleads nobody, and an ending of its type", async () => {
    const odt = await zipOf({ mimetype: "application/vnd.oasis.opendocument.text", "content.xml": "<a/>" });
    const names: readonly (readonly [sent: string, bytes: Buffer, kept: string])[] = [
      ["../../etc/passwd", PDF, "passwd.pdf"],
      ["C:\\Users\\x\\bail.PDF", PDF, "bail.PDF"],
      ["facture\u202efdp.exe", PDF, "facturefdp.exe.pdf"],
      ["CON.pdf", PDF, "_CON.pdf"],
      ["..", PDF, "document.pdf"],
      [`${"é".repeat(300)}.pdf`, PDF, `${"é".repeat(146)}.pdf`],
      ["lettre.odt", odt, "lettre.odt"],
      ["rapport.docx", await docxOf(), "rapport.docx"],
      ["liste.csv", Buffer.from("nom;ville\r\nRabe;Tana\r\n"), "liste.csv"],
    ];
    for (const [sent, bytes] of names) await stage.upload(hery, dossier.id, sent, bytes);
    const kept = (await stage.list(hery, dossier.id)).map(({ name }) => name);
    expect(kept).toEqual(names.map(([, , name]) => name));
  });
});

it("is for nobody who does not see the record: 404 on every route", async () => {
  const id = await stage.upload(hery, dossier.id, "a.pdf", PDF);
  const begun = await begin("b.pdf", 500);
  const calls: readonly (readonly [method: string, path: string])[] = [
    ["GET", path],
    ["GET", `${path}?deleted=true`],
    ["GET", `${path}.zip`],
    ["POST", `${path}/uploads`],
    ["GET", begun],
    ["HEAD", begun],
    ["PATCH", begun],
    ["DELETE", begun],
    ["GET", `${path}/${id}`],
    ["GET", `${path}/${id}/versions`],
    ["GET", `${path}/${id}/content`],
    ["GET", `${path}/${id}/thumbnail`],
    ["DELETE", `${path}/${id}`],
    ["POST", `${path}/${id}/restore`],
  ];
  for (const [method, address] of calls) {
    const response = await stage.call(stranger, address, {
      method,
      headers: { ...TUS, ...STREAM, "upload-offset": "0" },
    });
    expect([method, address, response.status]).toEqual([method, address, 404]);
  }
  // Another record's address does not lead to it either.
  const own = await stage.dossiers.open(stranger);
  const elsewhere = await stage.call(stranger, `/api/dossiers/${own.id}/documents/${id}/content`);
  expect(await stage.codeOf(elsewhere)).toBe("404 DOCUMENT_NOT_FOUND");
  expect(await stage.list(hery, dossier.id)).toHaveLength(1);
});

const TUS = { "tus-resumable": "1.0.0" };
const STREAM = { "content-type": "application/offset+octet-stream" };

/** Begins an upload. @returns its path */
async function begin(name: string, bytes: number): Promise<string> {
  const metadata = `filename ${Buffer.from(name).toString("base64")}`;
  const response = await stage.call(hery, `${path}/uploads`, {
    method: "POST",
    headers: { ...TUS, "upload-length": String(bytes), "upload-metadata": metadata },
  });
  expect(response.status).toBe(201);
  expect([...response.headers.keys()].filter((header) => header.startsWith("access-control"))).toEqual([]);
  return response.headers.get("location") ?? "";
}

function patch(address: string, offset: number, bytes: Buffer): Promise<Response> {
  return stage.call(hery, address, {
    method: "PATCH",
    headers: { ...TUS, ...STREAM, "upload-offset": String(offset) },
    body: bytes as unknown as BodyInit,
  });
}
