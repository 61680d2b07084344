import type { Readable } from "node:stream";
import type { S3Client, S3ClientConfig } from "@aws-sdk/client-s3";
import type { DataStore } from "@tus/utils";
import { type DocumentStorage, FileMissing } from "./document-storage";

export type S3Settings = {
  bucket: string;
  region: string;
  endpoint: string | undefined;
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined;
};

/** Names of "there is no such object" in the answers of S3 and of servers like it. */
const MISSING = new Set(["NoSuchKey", "NotFound"]);

/** Stores files in a bucket of S3, or of a server with its contract. The library is loaded at the first use. */
export function createS3Storage({ bucket, region, endpoint, credentials }: S3Settings): DocumentStorage {
  const config: S3ClientConfig = {
    region,
    ...(credentials ? { credentials } : {}),
    // Servers of one's own have no address for each bucket, and some do not know the newer checksums.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  };
  const sdk = () => import("@aws-sdk/client-s3");
  let store: Promise<DataStore> | undefined;
  let client: Promise<S3Client> | undefined;
  const openClient = () => {
    client ??= sdk().then(({ S3Client: Client }) => new Client(config));
    return client;
  };

  async function openStore(): Promise<DataStore> {
    const { S3Store } = await import("@tus/s3-store");
    return new S3Store({ s3ClientConfig: { ...config, bucket }, useTags: false });
  }

  return {
    incoming() {
      store ??= openStore();
      return store;
    },
    settle: async () => undefined,
    async read(key, range) {
      const { GetObjectCommand } = await sdk();
      const bytes = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
      const answer = await (await openClient())
        .send(new GetObjectCommand({ Bucket: bucket, Key: key, ...bytes }))
        .catch((cause: unknown) => {
          throw isMissing(cause) ? new FileMissing(key, { cause }) : cause;
        });
      return answer.Body as Readable;
    },
    async has(key) {
      const { HeadObjectCommand } = await sdk();
      return (await openClient()).send(new HeadObjectCommand({ Bucket: bucket, Key: key })).then(
        () => true,
        (error: unknown) => {
          if (isMissing(error)) return false;
          throw error;
        },
      );
    },
    async write(key, bytes, mediaType) {
      const { PutObjectCommand } = await sdk();
      const object = { Bucket: bucket, Key: key, Body: bytes, ContentType: mediaType };
      await (await openClient()).send(new PutObjectCommand(object));
    },
    async remove(key) {
      const { DeleteObjectCommand } = await sdk();
      await (await openClient()).send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    async *list() {
      const { ListObjectsV2Command } = await sdk();
      for (let token: string | undefined; ; ) {
        const page = await (await openClient()).send(
          new ListObjectsV2Command({ Bucket: bucket, ...(token === undefined ? {} : { ContinuationToken: token }) }),
        );
        for (const { Key, LastModified } of page.Contents ?? []) {
          if (Key !== undefined && LastModified) yield { key: Key, modifiedAt: LastModified };
        }
        token = page.NextContinuationToken;
        if (token === undefined) return;
      }
    },
  };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && MISSING.has(error.name);
}
