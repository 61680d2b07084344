import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { answerNodeRequest } from "@mgs/http/fast-path/answer-node";
import type { Call, Route } from "@mgs/http/route";
import { createRouter } from "@mgs/http/router";
import { Upload } from "tus-js-client";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { DocumentDto } from "../contract/document";
import type { DocumentDeps, DocumentPorts } from "../document-deps";
import { documentRoutes } from "../routes";
import type { DocumentStorage } from "../storage/document-storage";
import { createFileStorage } from "../storage/file-storage";

const logger = createLogger("test", "silent");
const ORIGIN = "http://g.test";

/**
 * Dossiers with the routes of their documents behind a real HTTP server, and a folder for the files. A caller is named by
 * `Authorization: Bearer <user id>`.
 * @param makeStorage another store than a folder
 */
export function useDocumentStage(makeStorage?: () => DocumentStorage, ports: DocumentPorts = {}) {
  const dossiers = useDossierStage();
  const people = new Map<string, UserActor>();
  const settings = { maxBytes: 20 * 1024 * 1024, scanUrl: null as string | null };
  let folder = "";
  let storage: DocumentStorage;
  let server: Server;
  let origin = "";

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "mgs-documents-"));
    storage = makeStorage?.() ?? createFileStorage(folder);
    const routes = documentRoutes([dossierSubject], ports) as readonly Route[];
    const router = createRouter(
      {
        authenticate: async (request): Promise<Pick<Call, "actor" | "via">> => {
          const actor = people.get(request.headers.get("authorization")?.replace("Bearer ", "") ?? "");
          if (!actor) throw new AppError("UNAUTHENTICATED");
          return { actor, via: "bearer" };
        },
        ownOrigin: ORIGIN,
        logger,
      },
      [{ routes, deps: new Proxy({}, { get: (_, name) => Reflect.get(deps(), name) }) }],
    );
    server = createServer((incoming, outgoing) => {
      const answer = router.match((incoming.url ?? "").split("?")[0] ?? "") ?? router.fetch;
      void answerNodeRequest(answer, incoming, outgoing, { origin: ORIGIN, headers: {} }).catch(() =>
        outgoing.destroy(),
      );
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    server.close();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    people.clear();
    Object.assign(settings, { maxBytes: 20 * 1024 * 1024, scanUrl: null });
    await dossiers.database.document.deleteMany();
    await dossiers.database.documentUpload.deleteMany();
    for await (const { key } of storage.list()) await storage.remove(key);
    login(dossiers.admin);
  });

  const deps = (): DocumentDeps & { logger: typeof logger } => ({
    ...dossiers.deps(),
    documents: { storage, ...settings },
    logger,
  });

  function login(actor: UserActor): UserActor {
    people.set(String(actor.userId), actor);
    return actor;
  }

  const headersOf = (actor: UserActor) => ({ authorization: `Bearer ${actor.userId}` });

  async function call(actor: UserActor, path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${origin}${path}`, { ...init, headers: { ...headersOf(actor), ...init.headers } });
  }

  return {
    ...{ dossiers, deps, settings, login, call, headersOf, logger },
    get folder() {
      return folder;
    },
    get storage() {
      return storage;
    },
    get origin() {
      return origin;
    },
    /** Adds somebody who calls. */
    add: async (name: string, email: string, role?: string) => login(await dossiers.add(name, email, role)),
    /** Uploads as a browser does. @returns the document's id @throws the refusal's code */
    upload: async (
      actor: UserActor,
      dossierId: number,
      name: string,
      bytes: Buffer,
      metadata: Record<string, string> = {},
    ): Promise<string> => {
      const { promise, resolve, reject } = Promise.withResolvers<string>();
      const upload = new Upload(bytes, {
        endpoint: `${origin}/api/dossiers/${dossierId}/documents/uploads`,
        headers: headersOf(actor),
        metadata: { filename: name, ...metadata },
        chunkSize: 1_000_000,
        retryDelays: [],
        onError(error) {
          const body = "originalResponse" in error ? error.originalResponse?.getBody() : undefined;
          reject(body ? Object.assign(new Error(body), JSON.parse(body).error) : error);
        },
        onSuccess: ({ lastResponse }) => resolve(lastResponse.getHeader("document-id") ?? ""),
      });
      upload.start();
      return promise;
    },
    list: async (actor: UserActor, dossierId: number, query = ""): Promise<DocumentDto[]> => {
      const response = await call(actor, `/api/dossiers/${dossierId}/documents${query}`);
      return ((await response.json()) as { data: DocumentDto[] }).data;
    },
    codeOf: async (response: Response): Promise<string> =>
      `${response.status} ${((await response.json()) as { error: { code: string } }).error.code}`,
  };
}
export type DocumentStage = ReturnType<typeof useDocumentStage>;
