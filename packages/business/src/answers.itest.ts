import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFileStorage } from "@mgs/documents/storage/file-storage";
import { PDF } from "@mgs/documents/testing/sample-files";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { routeKey } from "@mgs/http/route-docs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createApiClient, DOCS, ROUTES } from "./testing/api-client";

const stage = useDossierStage();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "mgs-answers-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const answered = new Set<string>();
const client = createApiClient(
  () => ({
    ...stage.deps(),
    portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
    documents: { storage: createFileStorage(folder), maxBytes: 1_000_000, scanUrl: null },
  }),
  (route) => answered.add(route),
);
type Call = ReturnType<typeof client>;

/** Calls that succeed; the first that does not is named. */
async function succeed(call: Call, calls: readonly (readonly [method: string, path: string, body?: unknown])[]) {
  for (const [method, path, body] of calls) {
    const { status, code } = await call(method, path, body);
    expect([method, path, code, status < 300]).toEqual([method, path, undefined, true]);
  }
}

/** Everything that every kind of record has. */
async function useRecord(call: Call, record: string): Promise<void> {
  const first = await call("POST", `${record}/comments`, { content: "Un" });
  const comment = `${record}/comments/${first.data.id}`;
  const thread = await call("POST", `${record}/threads`, { title: "À deux", user_ids: [] });
  await succeed(call, [
    ["GET", `${record}/changes?after=0`],
    ["GET", `${record}/history`],
    ["GET", `${record}/comments`],
    ["GET", `${record}/comments/changes?after=0`],
    ["PUT", comment, { content: "Un, corrigé" }],
    ["POST", `${comment}/reactions`, { emoji: "👍", on: true }],
    ["POST", `${comment}/resolution`, { resolved: true }],
    ["POST", `${comment}/visibility`, { hidden: true, reason: "Essai" }],
    ["POST", `${comment}/visibility`, { hidden: false }],
    ["POST", `${comment}/reports`, { reason: "Essai" }],
    ["GET", "/comment-reports"],
    ["DELETE", `${comment}/reports`],
    ["DELETE", comment],
    ["POST", `${comment}/restore`],
    ["GET", `${record}/mentionable?search=a`],
    ["GET", `${record}/threads`],
    ["POST", `${record}/threads/${thread.data.id}/people`, { user_ids: [] }],
    ["PUT", `${record}/comment-drafts`, { content: "Br" }],
    ["GET", `${record}/comment-drafts`],
    ["POST", `${record}/presence/join`],
    ["POST", `${record}/presence/typing`],
    ["GET", `${record}/presence/users`],
    ["POST", `${record}/presence/leave`],
  ]);
  await useDocuments(call, record);
}

/** Everything that the documents of a record have. @param metadata of its uploads, besides the name */
async function useDocuments(call: Call, record: string, more = ""): Promise<void> {
  const metadata = `filename ${Buffer.from("plan.pdf").toString("base64")}${more}`;
  const tus = { "tus-resumable": "1.0.0", "upload-length": String(PDF.length), "upload-metadata": metadata };
  const part = { "tus-resumable": "1.0.0", "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  for (const isKept of [false, true]) {
    expect((await call("POST", `${record}/documents/uploads`, undefined, tus)).status).toBe(201);
    const [{ id } = { id: "" }] = await stage.database.documentUpload.findMany({ orderBy: { id: "desc" }, take: 1 });
    const upload = `${record}/documents/uploads/${id}`;
    await succeed(call, [["GET", upload]]);
    const end = isKept
      ? await call("PATCH", upload, PDF, part)
      : await call("DELETE", upload, undefined, { "tus-resumable": "1.0.0" });
    expect(end.status).toBe(204);
  }
  const { id } = await stage.database.document.findFirstOrThrow({ orderBy: { id: "desc" } });
  const document = `${record}/documents/${id}`;
  await succeed(call, [
    ["GET", `${record}/documents`],
    ["GET", `${record}/documents.zip`],
    ["GET", document],
    ["GET", `${document}/versions`],
    ["GET", `${document}/content`],
    ["DELETE", document],
    ["POST", `${document}/restore`],
  ]);
}

/** Everything that a conversation has; the administrator is in it. */
async function converse(call: Call, admin: Call, userIds: readonly number[]): Promise<void> {
  const opened = await call("POST", "/conversations", { user_ids: userIds, name: "Budget" });
  const conversation = `/conversations/${opened.data.id}`;
  // The one of two people is there for whoever opens it again.
  for (const status of [201, 200])
    expect((await call("POST", "/conversations", { user_ids: userIds.slice(0, 1) })).status).toBe(status);
  const id = crypto.randomUUID();
  const place = Buffer.from(`message:${id}`).toString("base64");
  await useDocuments(call, conversation, `,slot ${place}`);
  const written = await call("POST", `${conversation}/messages`, { id, content: "Bonjour" });
  const message = `${conversation}/messages/${written.data.id}`;
  const later = { content: "Plus tard", send_at: "2026-12-05T06:00:00Z" };
  const scheduled = await call("POST", `${conversation}/scheduled`, later);
  await succeed(call, [
    ["GET", "/conversations"],
    ["GET", "/conversations/unread-count"],
    ["GET", "/conversations/search?q=bonjour"],
    ["GET", conversation],
    ["PATCH", conversation, { muted: true }],
    ["POST", `${conversation}/people`, { user_ids: userIds }],
    ["POST", `${conversation}/read`, {}],
    ["GET", `${conversation}/messages`],
    ["GET", `${conversation}/messages/changes?after=0`],
    ["PATCH", message, { content: "Bonjour à tous" }],
    ["POST", `${message}/reactions`, { emoji: "👍", on: true }],
    ["PUT", `${message}/reminder`, { remind_at: "2026-12-05T06:00:00Z" }],
    ["GET", "/conversations/reminders"],
    ["GET", `${conversation}/mentionable?search=a`],
    ["PUT", `${conversation}/drafts`, { content: "Br" }],
    ["GET", `${conversation}/drafts`],
    ["GET", "/conversations/scheduled"],
    ["PATCH", `/conversations/scheduled/${scheduled.data.id}`, { content: "Encore plus tard" }],
    ["DELETE", `/conversations/scheduled/${scheduled.data.id}`],
    ["GET", `/presence?ids=${userIds.join(",")}`],
    ["GET", "/presence/me"],
    ["PUT", "/presence/me", { status: "away" }],
    ["POST", "/presence/me/use"],
  ]);
  await succeed(admin, [
    ["GET", `${message}/versions`],
    ["GET", `/conversations/user/${userIds[1]}`],
  ]);
  await succeed(call, [
    ["DELETE", message],
    ["DELETE", `${conversation}/people/${userIds[0]}`],
  ]);
}

it("every documented route of the business answers what its document says", async () => {
  const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
  const [call, admin] = [client(hery), client(stage.admin)];
  const concerned = { kind: "personne", name: "Lala Rasoa" };
  const opened = await call("POST", "/dossiers", { title: "Lot 12", type_id: stage.typeId, concerned });
  const id = Number(opened.data.id);
  const dossier = `/dossiers/${id}`;
  const times = { starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" };
  const made = await call("POST", "/sessions", { title: "Commission", participants: [hery.userId], ...times });
  const session = `/sessions/${made.data.id}`;
  for (const record of [dossier, session]) await useRecord(call, record);

  const piece = await call("POST", `${dossier}/pieces`, { name: "Extrait cadastral" });
  const ask = { user_id: aina.userId, question: "Conforme ?" };
  const asked = await call("POST", `${dossier}/opinions`, ask);
  const withdrawn = await call("POST", `${dossier}/opinions`, ask);
  await succeed(client(aina), [
    ["POST", `${dossier}/opinions/${asked.data.id}/answer`, { verdict: "favorable", answer: "Oui" }],
  ]);
  await succeed(call, [
    ["GET", "/dossiers?search=lot"],
    ["GET", "/dossiers/export?format=csv"],
    ["GET", "/dossiers/board"],
    ["GET", "/dossiers/figures"],
    ["GET", "/dossiers/calendar"],
    ["GET", "/dossiers/assignees?search=h"],
    ["GET", "/dossiers/asked"],
    ["GET", "/dossiers/askable-roles?limit=2"],
    ["GET", dossier],
    ["POST", "/dossiers/bulk", { ids: [id], change: { priority: "haute" } }],
    ["POST", `${dossier}/steps`, { from: "nouveau", to: "en_cours" }],
    ["GET", `${dossier}/pieces`],
    ["PATCH", `${dossier}/pieces/${piece.data.id}`, { from: "asked", state: "received" }],
    ["GET", `${dossier}/opinions`],
    ["POST", `${dossier}/opinions/${withdrawn.data.id}/withdraw`],
    ["GET", `${dossier}/people`],
    ["POST", `${dossier}/people`, { user_id: stage.admin.userId }],
    ["DELETE", `${dossier}/people/${aina.userId}`],
    ["POST", `${dossier}/follow`],
    ["DELETE", `${dossier}/follow`],
    ["GET", "/dossier-types"],
    ["GET", "/sessions"],
    ["GET", session],
  ]);
  const versionOf = async (path: string) => (await call("GET", path)).data.version;
  await succeed(call, [
    ["PATCH", dossier, { version: await versionOf(dossier), title: "Lot 13" }],
    ["PATCH", session, { version: await versionOf(session), title: "Comité" }],
    ["DELETE", session],
    ["POST", `${session}/restore`],
  ]);

  const type = await admin("POST", "/dossier-types", { name: { fr: "Recours", en: "Appeal" } });
  await succeed(admin, [
    ["PATCH", `/dossier-types/${type.data.id}`, { version: 1, archived: true }],
    ["PUT", "/comment-words", { words: ["mot"] }],
    ["GET", "/comment-words"],
    ["PUT", "/holidays/2027-06-25", { name_fr: "Pont", name_en: "Bridge day" }],
  ]);
  const { version } = (await admin("GET", "/holidays?year=2027")).data;
  await succeed(admin, [
    ["POST", "/holiday-years/2027/confirmation", { version }],
    ["GET", "/holidays?year=2027"],
    ["DELETE", "/holidays/2027-06-25"],
    ["GET", "/holidays?year=2027"],
    ["POST", "/holidays/2027-06-25/restore"],
  ]);
  const view = await call("POST", "/views", { list: "dossiers", name: "Urgents", query: "priority=urgente" });
  await succeed(call, [
    ["GET", "/views?list=dossiers"],
    ["PATCH", `/views/${view.data.id}`, { name: "Urgences" }],
    ["DELETE", `/views/${view.data.id}`],
    ["GET", "/views?list=dossiers&deleted=true"],
    ["POST", `/views/${view.data.id}/restore`],
  ]);
  const days = { first_day: "2026-12-07", last_day: "2026-12-09" };
  const absence = await call("POST", "/absences", { substitute_id: stage.admin.userId, ...days });
  await succeed(call, [
    ["GET", "/absences"],
    ["DELETE", `/absences/${absence.data.id}`],
  ]);
  const card = `/record-card?url=${encodeURIComponent(String(opened.data.url))}`;
  for (const path of [card, "/record-card?url=http://localhost/"]) await succeed(call, [["GET", path]]);

  await converse(call, admin, [aina.userId, stage.admin.userId]);
  const documented = ROUTES.map((route) => routeKey(route)).filter((key) => {
    const docs = DOCS[key];
    return docs !== undefined && !("leftOut" in docs);
  });
  // The thumbnail of a picture is the worker's to make: the tests of documents read it.
  expect(documented.filter((key) => !answered.has(key) && !key.endsWith("/thumbnail"))).toEqual([]);
});
