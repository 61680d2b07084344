import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "../paths";

const run = promisify(execFile);

/** Ports of the four servers of deploy/nginx/mgs.conf, by the first label of their example host names. */
export type PublicPorts = Readonly<Record<"administration" | "commercial" | "gestion-dossier" | "ws", number>>;

export type NginxOptions = {
  folder: string;
  /** Ports on the loopback at which nginx listens, with TLS. */
  publicPorts: PublicPorts;
  /** Ports of the product, by the ports in the file. */
  backends: Readonly<Record<3000 | 3001 | 3002 | 6001, number>>;
  certificate: { cert: string; key: string };
};

/** Makes a self-signed certificate for `localhost`. */
export async function makeCertificate(folder: string): Promise<{ cert: string; key: string }> {
  const [cert, key] = [join(folder, "cert.pem"), join(folder, "key.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  const kind = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  await run("openssl", ["req", "-x509", ...kind, ...subject, "-keyout", key, "-out", cert]);
  return { cert, key };
}

/**
 * Renders deploy/nginx/mgs.conf with this machine's ports and certificate instead of a company's.
 * @throws Error when the file lacks one of them
 */
export function renderConfiguration({ publicPorts, backends, certificate }: Omit<NginxOptions, "folder">): string {
  let text = readFileSync(join(ROOT, "deploy", "nginx", "mgs.conf"), "utf8");
  const replace = (pattern: RegExp, by: string) => {
    const next = text.replace(pattern, by);
    if (next === text) throw new Error(`deploy/nginx/mgs.conf has no ${pattern}`);
    text = next;
  };
  for (const [port, backend] of Object.entries(backends)) {
    replace(new RegExp(`server 127\\.0\\.0\\.1:${port};`), `server 127.0.0.1:${backend};`);
  }
  for (const [label, port] of Object.entries(publicPorts)) {
    const listen = `listen 443 ssl http2;\\s+listen \\[::\\]:443 ssl http2;\\s+server_name ${label}\\.example\\.com;`;
    replace(new RegExp(listen), `listen 127.0.0.1:${port} ssl http2;\n    server_name localhost;`);
  }
  replace(/ssl_certificate \S+;/g, `ssl_certificate ${certificate.cert};`);
  replace(/ssl_certificate_key \S+;/g, `ssl_certificate_key ${certificate.key};`);
  // The server of port 80 is removed: the port belongs to the machine, and no test uses it.
  replace(/server \{\s+listen 80;[\s\S]*?\n\}\n/, "");
  return text;
}

/** Runs nginx in the foreground on a folder of its own until `stop`. */
export async function startNginx(
  binary: string,
  options: NginxOptions,
): Promise<{ pid: number; stop(): Promise<void> }> {
  const { folder } = options;
  mkdirSync(join(folder, "tmp"), { recursive: true });
  writeFileSync(join(folder, "mgs.conf"), renderConfiguration(options));
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path tmp/${name};`,
  );
  const lines = [
    "daemon off;",
    "pid nginx.pid;",
    "error_log error.log notice;",
    ...(process.getuid?.() === 0 ? ["user root;"] : []),
    "events { worker_connections 256; }",
    "http {",
    "access_log off;",
    ...temporary,
    // The socket's address differs from the visitor's, as when nginx runs on another machine.
    ...(process.platform === "linux" ? ["proxy_bind 127.0.0.99;"] : []),
    "include mgs.conf;",
    "}",
  ];
  const file = join(folder, "nginx.conf");
  writeFileSync(file, `${lines.join("\n")}\n`);
  const args = ["-p", `${folder}/`, "-e", "error.log", "-c", file];
  await run(binary, [...args, "-t"]);
  const child = spawn(binary, args, { stdio: "ignore", detached: true });
  if (child.pid === undefined) throw new Error("nginx did not start");
  return { pid: child.pid, stop: () => end(child) };
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "exit");
  child.kill("SIGTERM");
  await ended;
}
