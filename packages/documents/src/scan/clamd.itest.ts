import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import { findExecutable } from "../../../../tooling/src/services/executables";
import { createScanner } from "./scanner";

const VIRUS = "MGS-VIRUS-TEST";
const MAX_BYTES = 1_048_576;
const clamd = findExecutable(["clamd"]);

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** ClamAV's daemon with one signature of its own. @returns its address */
async function startClamd(binary: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "mgs-clamd-"));
  const database = join(folder, "signatures");
  await mkdir(database);
  await writeFile(join(database, "mgs.ndb"), `Mgs.Test:0:*:${Buffer.from(VIRUS).toString("hex")}\n`);
  const port = await freePort();
  const config = [
    ...[`DatabaseDirectory ${database}`, `TCPSocket ${port}`, "TCPAddr 127.0.0.1", "Foreground yes"],
    ...[`StreamMaxLength ${MAX_BYTES}`, `TemporaryDirectory ${folder}`],
  ];
  await writeFile(join(folder, "clamd.conf"), `${config.join("\n")}\n`);
  const daemon = spawn(binary, ["--config-file", join(folder, "clamd.conf")], { stdio: ["ignore", "pipe", "ignore"] });
  onTestFinished(async () => {
    const exited = once(daemon, "exit");
    if (daemon.exitCode === null && daemon.kill()) await exited;
    await rm(folder, { recursive: true, force: true });
  });
  // It listens first, and answers when it has read its signatures.
  for await (const line of createInterface({ input: daemon.stdout })) if (/Self checking/.test(line)) break;
  return `clamd://127.0.0.1:${port}`;
}

it.skipIf(clamd === null)("ClamAV's own daemon finds a file clean, harmful or too large", async () => {
  const address = await startClamd(clamd ?? "");
  const scan = (bytes: Buffer) => createScanner(address)(Readable.from([bytes]));
  expect(await scan(Buffer.from("Bonjour"))).toBe("clean");
  expect(await scan(Buffer.alloc(MAX_BYTES, "x"))).toBe("clean");
  expect(await scan(Buffer.concat([Buffer.alloc(900_000, "x"), Buffer.from(VIRUS)]))).toBe("infected");
  // Its limit has to be that of the documents. Its reason is lost where its end of the connection overtakes it.
  const tooLarge = scan(Buffer.alloc(MAX_BYTES + 1, "x"));
  await expect(tooLarge).rejects.toThrow(/INSTREAM size limit exceeded|it closed the connection/);
  const verdicts = await Promise.all(Array.from({ length: 10 }, (_, i) => scan(Buffer.from(i % 2 ? VIRUS : "x"))));
  expect(verdicts).toEqual(Array.from({ length: 10 }, (_, i) => (i % 2 ? "infected" : "clean")));
});
