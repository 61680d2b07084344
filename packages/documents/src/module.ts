import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import type { Subject } from "@mgs/records/subject";
import type { DocumentPorts } from "./document-deps";
import { documentsEnv } from "./env";
import { documentScan, documentThumbnail } from "./outbox-kinds";
import { DOCUMENTS_RETENTION } from "./retention";
import { documentRoutes } from "./routes";
import { createDocumentServices } from "./services";
import { documentsSweep } from "./sweep/sweep-documents";

/**
 * Documents on every kind of record: uploads that go on over broken connections, versions, and their files under the record's rights.
 * @param subjects the kinds of records of this process
 */
export const documents = (subjects: readonly Subject[], ports: DocumentPorts = {}) =>
  defineModule({
    name: "documents",
    env: documentsEnv,
    createServices: (_, env) => createDocumentServices(env),
    tables: ["documents", "document_versions", "document_uploads"],
    routes: documentRoutes(subjects, ports),
    openApi: async () => (await import("./routes.openapi")).documentOpenApi(subjects),
    outbox: [
      handle(documentThumbnail, async () => (await import("./thumbnails/make-thumbnail")).createThumbnailMaker()),
      handle(documentScan, async () => (await import("./scan/scan-document")).createDocumentScanner()),
    ],
    schedules: [documentsSweep],
    retention: DOCUMENTS_RETENTION,
  });
