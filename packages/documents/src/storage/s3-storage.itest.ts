import { createHash } from "node:crypto";
import type { UserActor } from "@mgs/core/actor";
import type { DossierDto } from "@mgs/dossiers/contract/dossier";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { sweepOrphans, sweepUploads } from "../sweep/sweep-documents";
import { docxOf, EXE, PDF, pdfOf } from "../testing/sample-files";
import { startS3Server } from "../testing/start-s3-server";
import { useDocumentStage } from "../testing/use-document-stage";
import type { DocumentStorage } from "./document-storage";
import { fileKey } from "./keys";
import { createS3Storage } from "./s3-storage";

const BUCKET = "mgs-documents";
let server: Awaited<ReturnType<typeof startS3Server>>;
let storage: DocumentStorage;
beforeAll(async () => {
  server = await startS3Server(BUCKET);
  storage = createS3Storage({
    ...{ bucket: BUCKET, region: "us-east-1", endpoint: server.endpoint },
    credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" },
  });
});
afterAll(() => server.close());

const stage = useDocumentStage(() => storage);
let hery: UserActor;
let dossier: DossierDto;
beforeEach(async () => {
  hery = await stage.add("Hery", "hery@mgs.mg");
  dossier = await stage.dossiers.open(hery);
});

const TUS = { "tus-resumable": "1.0.0" };

it("stores documents in a bucket: whole, in parts, by type, and away again", async () => {
  // More than one part of S3's multipart uploads, which have 5 MiB at least.
  const bytes = pdfOf(12_345_678);
  const id = await stage.upload(hery, dossier.id, "grand.pdf", bytes);
  const path = `/api/dossiers/${dossier.id}/documents`;
  const response = await stage.call(hery, `${path}/${id}/content`);
  const read = Buffer.from(await response.arrayBuffer());
  expect(read.equals(bytes)).toBe(true);
  const [document] = await stage.list(hery, dossier.id);
  expect(document?.current.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));
  const range = await stage.call(hery, `${path}/${id}/content`, { headers: { range: "bytes=1-3" } });
  expect([range.status, await range.text()]).toEqual([206, bytes.subarray(1, 4).toString()]);

  await stage.upload(hery, dossier.id, "lettre.docx", await docxOf());
  const refused = stage.upload(hery, dossier.id, "x.pdf", EXE).catch((error: { code: string }) => error.code);
  expect(await refused).toBe("DOCUMENT_REFUSED");
  const altered = stage
    .upload(hery, dossier.id, "y.pdf", PDF, { sha256: createHash("sha256").update(EXE).digest("hex") })
    .catch((error: { data: { reason: string } }) => error.data.reason);
  expect(await altered).toBe("checksum");
  expect(await stage.list(hery, dossier.id)).toHaveLength(2);
  const zip = await stage.call(hery, `${path}.zip`);
  expect((await zip.arrayBuffer()).byteLength).toBeGreaterThan(bytes.length);
});

it("goes on with an upload that was broken off, and sweeps one that nobody goes on with", async () => {
  const bytes = pdfOf(7_000_000);
  const begin = async () => {
    const response = await stage.call(hery, `/api/dossiers/${dossier.id}/documents/uploads`, {
      method: "POST",
      headers: {
        ...TUS,
        "upload-length": String(bytes.length),
        "upload-metadata": `filename ${Buffer.from("a.pdf").toString("base64")}`,
      },
    });
    return response.headers.get("location") ?? "";
  };
  const patch = (address: string, from: number, to: number) =>
    stage.call(hery, address, {
      method: "PATCH",
      headers: { ...TUS, "content-type": "application/offset+octet-stream", "upload-offset": String(from) },
      body: bytes.subarray(from, to) as unknown as BodyInit,
    });
  const offsetOf = async (address: string) => {
    const response = await stage.call(hery, address, { method: "HEAD", headers: TUS });
    return Number(response.headers.get("upload-offset"));
  };

  const address = await begin();
  expect((await patch(address, 0, 1_000_000)).status).toBe(204);
  expect(await offsetOf(address)).toBe(1_000_000);
  expect((await patch(address, 1_000_000, 6_500_000)).status).toBe(204);
  expect((await patch(address, 6_500_000, 7_000_000)).status).toBe(204);
  const [document] = await stage.list(hery, dossier.id);
  expect(document?.current.sha256).toBe(createHash("sha256").update(bytes).digest("hex"));

  const given = await begin();
  await patch(given, 0, 1_000_000);
  const now = new Date(Date.now() + 48 * 3_600_000);
  const deps = { ...stage.deps(), now };
  await sweepUploads(deps);
  await storage.write(fileKey("0198a3b0-1111-7000-8000-0000000000cd"), PDF, "application/pdf");
  await sweepOrphans(deps);
  const keys: string[] = [];
  for await (const { key } of storage.list()) keys.push(key);
  expect(keys).toHaveLength(1);
});
