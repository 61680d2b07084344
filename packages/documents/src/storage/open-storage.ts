import type { DocumentsEnv } from "../env";
import type { DocumentStorage } from "./document-storage";
import { createFileStorage } from "./file-storage";
import { createS3Storage } from "./s3-storage";

/** Makes the store that the environment names. It opens no connection. */
export function openStorage(env: DocumentsEnv): DocumentStorage {
  const { DOCUMENTS_S3_BUCKET: bucket, DOCUMENTS_S3_ACCESS_KEY: key, DOCUMENTS_S3_SECRET_KEY: secret } = env;
  if (bucket === undefined) return createFileStorage(env.DOCUMENTS_DIR);
  return createS3Storage({
    bucket,
    region: env.DOCUMENTS_S3_REGION,
    endpoint: env.DOCUMENTS_S3_ENDPOINT,
    credentials: key && secret ? { accessKeyId: key, secretAccessKey: secret } : undefined,
  });
}
