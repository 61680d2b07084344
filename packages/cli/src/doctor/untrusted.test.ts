import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer as createHttps } from "node:https";
import { type AddressInfo, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { startTestSmtp } from "@mgs/email/testing/smtp-server";
import { makeCertificate } from "@mgs/realtime-server/testing/certificate";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { findUntrusted } from "./untrusted";

let folder: string;
let key: string;
let cert: string;
const ends: (() => unknown)[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "mgs-untrusted-"));
  const made = makeCertificate(folder, "Company");
  cert = made.pem;
  key = readFileSync(made.key, "utf8");
});
afterEach(() => vi.unstubAllEnvs());
afterAll(async () => {
  for (const end of ends) await end();
  rmSync(folder, { recursive: true, force: true });
});

async function listen(server: Pick<Server, "listen" | "address" | "close">): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", () => resolve()));
  ends.push(() => server.close());
  return (server.address() as AddressInfo).port;
}
const ask = (address: string) => findUntrusted([address], AbortSignal.timeout(60_000));

const SERVERS = {
  https: () => listen(createHttps({ key, cert }, (_, response) => response.end())),
  smtp: async () => {
    const smtp = await startTestSmtp({ key, cert, disabledCommands: [] });
    ends.push(smtp.close);
    return Number(new URL(smtp.url).port);
  },
  postgresql: () =>
    listen(
      createServer((socket) => {
        socket.on("error", () => undefined);
        socket.once("data", (request) => {
          // The SSLRequest message: its length, and the code 80877103.
          expect(request.toString("hex")).toBe("0000000804d2162f");
          socket.write("S");
          new TLSSocket(socket, { isServer: true, key, cert }).on("error", () => undefined);
        });
      }),
    ),
};

test.each(["https", "wss", "rediss", "smtps", "smtp", "postgresql"] as const)(
  "%s: the certificate of an authority that Node does not know is told by name",
  async (protocol) => {
    vi.stubEnv("NODE_EXTRA_CA_CERTS", "");
    const port = await (protocol === "smtp" || protocol === "postgresql" ? SERVERS[protocol] : SERVERS.https)();
    expect(await ask(`${protocol}://user:secret@localhost:${port}/x`)).toEqual({
      state: "fail",
      detail: expect.stringMatching(
        new RegExp(
          `^the certificate of localhost:${port} is refused \\(issued by Company, valid until .*\\): \\w+_SIGNED`,
        ),
      ),
      advice: expect.stringMatching(/^Set NODE_EXTRA_CA_CERTS to /),
    });
  },
);

test("reports a file of authorities that cannot be read, and one without this authority", async () => {
  const port = await SERVERS.https();
  vi.stubEnv("NODE_EXTRA_CA_CERTS", join(folder, "nowhere.pem"));
  expect((await ask(`https://localhost:${port}`))?.advice).toContain("nowhere.pem, which cannot be read");
  vi.stubEnv("NODE_EXTRA_CA_CERTS", join(folder, "Company.crt"));
  expect((await ask(`https://localhost:${port}`))?.advice).toContain("add this authority to it");
});

test("reports no certificate when the server does not answer or has no TLS", async () => {
  const plain = await listen(createServer((socket) => socket.end("N")));
  expect(await ask(`postgresql://localhost:${plain}/mgs`)).toBeNull();
  expect(await ask(`https://localhost:${plain}`)).toBeNull();
  expect(await ask("https://127.0.0.1:2")).toBeNull();
  expect(await ask("redis://127.0.0.1:2")).toBeNull();
  expect(await findUntrusted([], AbortSignal.timeout(1_000))).toBeNull();
});
