import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Actor, UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { createFileStorage } from "@mgs/documents/storage/file-storage";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { createRouter } from "@mgs/http/router";
import { afterAll, beforeAll } from "vitest";
import { BUSINESS } from "../modules";

const ORIGIN = "http://g.test";
/** Stands in every text of the office's records: an answer that has it tells of them. */
export const SECRET = "Zanahary";

const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

export const CLIENT_ACTOR: Actor = { kind: "client", clientId: "erp", scopes: PORTAL_SCOPES };

/** All routes of the business over a real database and a folder of files. */
export function useOffice() {
  const stage = useDossierStage();
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mgs-office-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const deps = () => ({
    ...stage.deps(),
    documents: { storage: createFileStorage(folder), maxBytes: 1_000_000, scanUrl: null },
    portalUrls: { administration: ORIGIN, commercial: ORIGIN, "gestion-dossier": ORIGIN },
    publisher: { trigger: async () => undefined, read: async () => ({ users: [] }) },
    logger: createLogger("test", "silent"),
  });

  /** Calls a route as somebody; null is nobody. */
  async function call(
    actor: Actor | null,
    method: string,
    path: string,
    { body, headers = {} }: { body?: object | Buffer | undefined; headers?: Readonly<Record<string, string>> } = {},
  ) {
    const router = createRouter(
      {
        ownOrigin: ORIGIN,
        logger: createLogger("test", "silent"),
        authenticate: async () => {
          if (!actor) throw new AppError("UNAUTHENTICATED");
          return { actor, via: "bearer" };
        },
      },
      [{ routes: BUSINESS.flatMap(({ routes = [] }) => routes) as never, deps: deps() }],
    );
    const bytes = Buffer.isBuffer(body);
    const response = await router.fetch(
      new Request(`${ORIGIN}${path}`, {
        method,
        headers: { ...(body && !bytes ? { "content-type": "application/json" } : {}), ...headers },
        ...(body ? { body: bytes ? new Uint8Array(body) : JSON.stringify(body) } : {}),
      }),
    );
    const text = Buffer.from(await response.arrayBuffer()).toString("utf8");
    const json = text.startsWith("{") ? (JSON.parse(text) as { data?: never; error?: { code: string } }) : {};
    const outcome = `${response.status}${json.error ? ` ${json.error.code}` : ""}`;
    return { status: response.status, outcome, text, data: json.data as unknown, headers: response.headers };
  }

  async function create(actor: Actor, path: string, body: object): Promise<Record<string, string | number>> {
    const answer = await call(actor, "POST", path, { body });
    if (answer.status !== 201 && answer.status !== 200) throw new Error(`${path}: ${answer.text}`);
    return answer.data as Record<string, string | number>;
  }

  async function upload(actor: Actor, at: string, name: string, bytes: Buffer | null, slot = ""): Promise<string> {
    const metadata = `filename ${btoa(name)}${slot === "" ? "" : `,slot ${btoa(slot)}`}`;
    const headers = { "tus-resumable": "1.0.0", "upload-metadata": metadata };
    const length = String(bytes?.length ?? 10);
    const begun = await call(actor, "POST", `${at}/documents/uploads`, {
      headers: { ...headers, "upload-length": length },
    });
    const uploadId = begun.headers.get("location")?.split("/").at(-1);
    if (begun.status !== 201 || !uploadId) throw new Error(`an upload was answered ${begun.outcome}`);
    if (bytes === null) return uploadId;
    const sent = await call(actor, "PATCH", `${at}/documents/uploads/${uploadId}`, {
      headers: { ...headers, "upload-offset": "0", "content-type": "application/offset+octet-stream" },
      body: bytes,
    });
    const documentId = sent.headers.get("document-id");
    if (!documentId) throw new Error(`an upload was answered ${sent.outcome}`);
    return documentId;
  }

  /** Opens a conversation with all that one can have. @returns the ids, by name */
  async function converse(worker: UserActor, colleague: UserActor): Promise<[string, string | number][]> {
    const people = { user_ids: [colleague.userId, stage.admin.userId] };
    const { id = "" } = await create(worker, "/api/conversations", { name: SECRET, ...people });
    const at = `/api/conversations/${id}`;
    const messageId = crypto.randomUUID();
    const file = await upload(worker, at, `${SECRET}.png`, PICTURE, `message:${messageId}`);
    await create(worker, `${at}/messages`, { id: messageId, content: SECRET });
    await create(colleague, `${at}/messages`, { content: SECRET });
    const later = { content: SECRET, send_at: "2026-12-04T06:00:00Z" };
    const scheduled = await create(worker, `${at}/scheduled`, later);
    return [
      ["conversationId", id],
      ["messageId", messageId],
      ["scheduledId", scheduled.id ?? ""],
      ["conversationsDocumentId", file],
      ["conversationsUploadId", await upload(worker, at, `${SECRET}.pdf`, null, `message:${crypto.randomUUID()}`)],
    ];
  }

  /** Opens a dossier and a session with all that a record can have. @returns the ids, by name */
  async function furnish(worker: UserActor, colleague: UserActor): Promise<Map<string, string | number>> {
    const concerned = { kind: "personne", name: `${SECRET} Rasoa` };
    const input = { title: SECRET, type_id: stage.typeId, concerned, tags: [SECRET.toLowerCase()] };
    const opened = await create(worker, "/api/dossiers", { ...input, assignee_id: worker.userId });
    const seance = await create(worker, "/api/sessions", {
      ...{ title: SECRET, starts_at: "2026-12-04T06:00:00Z", ends_at: "2026-12-04T08:00:00Z" },
      participants: [worker.userId],
    });
    const ids = new Map<string, string | number>([
      ...([
        ["typeId", stage.typeId],
        ["dossierId", opened.id ?? ""],
        ["dossierText", String(opened.id)],
        ["sessionId", seance.id ?? ""],
        ["userId", colleague.userId],
        ["workerId", worker.userId],
        ["workerRole", worker.role],
        ["colleagueId", colleague.userId],
        // In another year, so that the version of this one's holidays stays.
        ["day", "2028-06-26"],
        ["year", 2027],
      ] as const),
    ]);
    const holidays = await call(stage.admin, "GET", "/api/holidays?year=2027");
    ids.set("holidaysVersion", (holidays.data as { version: string }).version);
    const records = [
      ["dossiers", opened.id],
      ["sessions", seance.id],
    ] as const;
    for (const [segment, id] of records) {
      const at = `/api/${segment}/${id}`;
      ids.set(`${segment}CommentId`, (await create(worker, `${at}/comments`, { content: SECRET })).id ?? "");
      const thread = await create(worker, `${at}/threads`, { title: SECRET, user_ids: [] });
      ids.set(`${segment}ThreadId`, thread.id ?? "");
      ids.set(`${segment}DocumentId`, await upload(worker, at, `${SECRET}.png`, PICTURE));
      ids.set(`${segment}UploadId`, await upload(worker, at, `${SECRET}.pdf`, null));
    }
    const at = `/api/dossiers/${opened.id}`;
    ids.set("pieceId", (await create(worker, `${at}/pieces`, { name: SECRET })).id ?? "");
    const asked = { role: "gestionnaire", question: SECRET };
    ids.set("opinionId", (await create(worker, `${at}/opinions`, asked)).id ?? "");
    const view = await create(worker, "/api/views", { list: "dossiers", name: SECRET, query: `search=${SECRET}` });
    ids.set("viewId", view.id ?? "");
    const absence = await create(worker, "/api/absences", {
      ...{ substitute_id: colleague.userId, first_day: "2027-01-04", last_day: "2027-01-08" },
    });
    ids.set("absenceId", absence.id ?? "");
    for (const [name, id] of await converse(worker, colleague)) ids.set(name, id);
    return ids;
  }

  return { stage, deps, call, furnish };
}
