import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import S3rver from "@20minutes/s3rver";

type Part = { number: number; etag: string; bytes: number };

/**
 * Starts a server with S3's contract and one bucket. `s3rver` stores and answers everything but the list of an upload's parts and the end of
 * an upload, which it does not know: the proxy before it remembers the parts that it has passed on, and answers these two.
 */
export async function startS3Server(bucket: string): Promise<{ endpoint: string; close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-s3-"));
  const s3 = new S3rver({
    ...{ address: "127.0.0.1", port: 0, silent: true, directory: folder },
    // It signs the path of a listing otherwise than Amazon's own library does.
    allowMismatchedSignatures: true,
    configureBuckets: [{ name: bucket, configs: [] }],
  });
  const { port } = await s3.run();
  const uploads = new Map<string, Part[]>();

  function pass(
    incoming: IncomingMessage,
    outgoing: ServerResponse,
    onAnswer: (answer: IncomingMessage) => void,
  ): void {
    const { method, url: path, headers } = incoming;
    const request = httpRequest({ host: "127.0.0.1", port, method, path, headers }, (answer) => {
      onAnswer(answer);
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    request.on("error", () => outgoing.destroy());
    incoming.pipe(request);
  }

  const proxy = createServer((incoming, outgoing) => {
    const url = new URL(incoming.url ?? "", "http://s3");
    const upload = url.searchParams.get("uploadId");
    if (upload !== null && incoming.method === "GET") {
      const parts = (uploads.get(upload) ?? []).sort((a, b) => a.number - b.number);
      const listed = parts.map(
        ({ number, etag, bytes }) =>
          `<Part><PartNumber>${number}</PartNumber><ETag>${etag}</ETag><Size>${bytes}</Size></Part>`,
      );
      outgoing.writeHead(200, { "content-type": "application/xml" });
      outgoing.end(`<ListPartsResult><IsTruncated>false</IsTruncated>${listed.join("")}</ListPartsResult>`);
      return;
    }
    if (upload !== null && incoming.method === "DELETE") {
      uploads.delete(upload);
      outgoing.writeHead(204).end();
      return;
    }
    const bytes = Number(incoming.headers["x-amz-decoded-content-length"] ?? incoming.headers["content-length"]);
    pass(incoming, outgoing, ({ statusCode, headers: { etag } }) => {
      const number = Number(url.searchParams.get("partNumber"));
      if (upload === null || incoming.method !== "PUT" || statusCode !== 200) return;
      const others = (uploads.get(upload) ?? []).filter((part) => part.number !== number);
      uploads.set(upload, [...others, { number, etag: String(etag), bytes }]);
    });
  }).listen(0, "127.0.0.1");
  await once(proxy, "listening");
  return {
    endpoint: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close: async () => {
      proxy.closeAllConnections();
      proxy.close();
      await s3.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
