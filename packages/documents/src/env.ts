import { type Environment, parseEnvironment } from "@mgs/core/environment";
import { originVariable, serverUrlVariable } from "@mgs/core/url-variables";
import { z } from "zod";

const DEFAULT_MAX_BYTES = 100 * 1024 * 1024;

/** Where documents are stored, and what is accepted. Portals and workers have the same. */
export const documentsEnv = z
  .object({
    /** Folder of the files, which all processes share. */
    DOCUMENTS_DIR: z.string().min(1).default("/var/lib/mgs/documents"),
    /** S3 or another server with its contract; unset with a bucket: Amazon's own. */
    DOCUMENTS_S3_ENDPOINT: originVariable.optional(),
    /** With a bucket documents are stored there, and not in the folder. */
    DOCUMENTS_S3_BUCKET: z.string().min(3).optional(),
    DOCUMENTS_S3_REGION: z.string().min(1).default("us-east-1"),
    DOCUMENTS_S3_ACCESS_KEY: z.string().min(1).optional(),
    DOCUMENTS_S3_SECRET_KEY: z.string().min(1).optional(),
    /** A larger file is refused. */
    DOCUMENT_MAX_BYTES: z.coerce.number().int().min(1).max(5_000_000_000).default(DEFAULT_MAX_BYTES),
    /** The virus scanner: `clamd://host:3310`, or an address that takes a file by POST and answers `{"infected": false}`. */
    DOCUMENT_SCAN_URL: serverUrlVariable(["clamd", "https", "http"]).optional(),
  })
  .refine((env) => (env.DOCUMENTS_S3_ACCESS_KEY === undefined) === (env.DOCUMENTS_S3_SECRET_KEY === undefined), {
    path: ["DOCUMENTS_S3_SECRET_KEY"],
    error: "is required with DOCUMENTS_S3_ACCESS_KEY",
  });
export type DocumentsEnv = z.output<typeof documentsEnv>;

/** Reads them for a process that no composition has given them to. @throws EnvironmentError */
export function readDocumentsEnv(environment: Environment = process.env): DocumentsEnv {
  return parseEnvironment(documentsEnv, environment);
}
