import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { createInterface } from "node:readline";
import { buffer } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync } from "node:zlib";

const PACKAGES = fileURLToPath(new URL("../../../", import.meta.url));

export type LogLine = Record<string, unknown> & { msg: string };

/** A process that runs a production bundle, and the lines that it logs. */
export type TestProcess = { port: number; lines: LogLine[]; text(): string; end(): Promise<void> };

/**
 * Bundles `entry` of a package as the build does, runs it and waits until it logs its port.
 * @throws Error with its output when it ends before that
 */
export async function startProcess(
  name: string,
  entry: string,
  env: NodeJS.ProcessEnv | Record<string, string | undefined>,
): Promise<TestProcess> {
  const folder = `${PACKAGES}${name}`;
  // A folder for each: bundling empties that of the parts, which processes that run already may still ask for.
  const bundleOf = (file: string) => `node_modules/.cache/observability-test/${basename(entry)}/${basename(file)}.js`;
  const bundle = bundleOf(entry);
  const files = name === "worker" ? [entry, "mail-thread"] : [entry];
  const pairs = files.flatMap((file) => [`src/${file}.ts`, bundleOf(file)]);
  await promisify(execFile)(process.execPath, [`${PACKAGES}../scripts/bundle.mjs`, ...pairs], { cwd: folder });
  const child: ChildProcess = spawn(process.execPath, [bundle], {
    cwd: folder,
    env: { PATH: process.env.PATH, NODE_ENV: "test", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const lines: LogLine[] = [];
  let all = "";
  const exited = once(child, "exit");
  child.stderr?.on("data", (chunk) => {
    all += chunk;
  });
  const port = await new Promise<number>((resolve, reject) => {
    void exited.then(() => reject(new Error(`${name} ended:\n${all}`)));
    createInterface({ input: child.stdout ?? process.stdin }).on("line", (line) => {
      all += `${line}\n`;
      if (!line.startsWith("{")) return;
      const entry: LogLine = JSON.parse(line);
      lines.push(entry);
      if (typeof entry.port === "number") resolve(entry.port);
    });
  });
  return {
    port,
    lines,
    text: () => all,
    async end() {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** A stand-in for hosted collectors: a server that keeps the bodies of the requests to it. */
export type Collector = { url: string; bodies: { path: string; text: string }[]; close(): Promise<void> };

export async function startCollector(): Promise<Collector> {
  const bodies: { path: string; text: string }[] = [];
  const server = createServer((request, response) => {
    void buffer(request).then((bytes) => {
      const plain = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
      bodies.push({ path: request.url ?? "", text: plain.toString() });
      response.writeHead(200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    bodies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
