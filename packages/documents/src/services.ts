import { type DocumentsEnv, readDocumentsEnv } from "./env";
import type { DocumentStorage } from "./storage/document-storage";
import { openStorage } from "./storage/open-storage";

/** What documents need of the process, besides what every domain gets. */
export type DocumentServices = {
  documents: {
    storage: DocumentStorage;
    maxBytes: number;
    /** Address of the virus scanner; null: there is none. */
    scanUrl: string | null;
  };
};

/** Makes them. It opens no connection. */
export function createDocumentServices(env: DocumentsEnv): DocumentServices {
  return {
    documents: {
      storage: openStorage(env),
      maxBytes: env.DOCUMENT_MAX_BYTES,
      scanUrl: env.DOCUMENT_SCAN_URL ?? null,
    },
  };
}

let ofProcess: DocumentServices | undefined;

/** Those of the worker, made at the first use. */
export function workerServices(): DocumentServices {
  ofProcess ??= createDocumentServices(readDocumentsEnv());
  return ofProcess;
}
