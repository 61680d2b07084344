import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { say } from "../terminal";
import type { Authority } from "./authority";
import { runCommand } from "./command";
import { fillEnvironment, readCommands } from "./guide";
import { bootMachine, type Machine } from "./machine";
import { type Mailbox, startMailbox } from "./mailbox";
import type { Network } from "./network";
import { signInAndReceive } from "./notification";
import type { Repository } from "./repository";

const INSTALL = "docs/guide/install.md";
const PERSON = {
  email: "admin@example.com",
  firstPassword: "un mot de passe assez long",
  password: "trois bateaux verts",
};
const DATABASE_PASSWORD = "PASSWORD";

export type Server = { machine: Machine; network: Network; mailbox: Mailbox };

/** Boots a Debian 12 and installs the product on it by the commands of the guide. */
export async function installServer(
  folder: string,
  network: Network,
  authority: Authority,
  repository: Repository,
): Promise<Server> {
  const mailbox = await startMailbox(network);
  say("▶ a Debian 12 boots");
  const machine = await bootMachine(folder, network, repository.folder);
  say(`  ${(await machine.type("cat /etc/debian_version; uname -r; hostname")).trim().replaceAll("\n", ", ")}`);
  const server = { machine, network, mailbox };
  try {
    await runSection(server, "1. Packages");
    say(
      `  ${(await machine.type("node --version; psql --version; /usr/sbin/nginx -v 2>&1; redis-server --version")).trim().replaceAll("\n", ", ")}`,
    );
    await runSection(server, "2. PostgreSQL", { input: `${DATABASE_PASSWORD}\n${DATABASE_PASSWORD}\n` });
    await writeEnvironmentFile(server, authority);
    await runSection(server, "4. Code");
    await runSection(server, "5. Processes");
    copyCertificate(machine, authority);
    await runSection(server, "6. nginx");
    await runSection(server, "7. The first", { input: `${PERSON.firstPassword}\n` });
    await checkReady(server);
    await runSection(server, "8. Does it");
    await checkNotification(server, "Depuis le serveur");
    await runSection(server, "Logs");
    await checkPromises(server);
  } catch (error) {
    const journal = "sudo journalctl --no-pager --lines=60 --output=cat -u 'mgs-*'";
    say(await machine.type(journal).catch(String));
    await closeServer(server);
    throw error;
  }
  return server;
}

export async function closeServer({ machine, mailbox }: Server): Promise<void> {
  await machine.close();
  await mailbox.close();
}

/** Checks that a person who signs in through the server's nginx receives a notification of the command line. */
export function checkNotification({ machine, network, mailbox }: Server, titre: string): Promise<void> {
  return signInAndReceive(network, mailbox, { ...PERSON, titre }, async () => {
    await machine.type(
      `cd /opt/mgs/current\nsudo -u mgs npm run --silent mgs -- notify --user 1 --titre "${titre}" --message "Un essai" --url /dashboard`,
    );
  });
}

/** Runs the commands of one section as they are written. It prints the commands that it replaces or skips. */
async function runSection({ machine }: Server, heading: string, options: { input?: string } = {}): Promise<void> {
  say(`▶ ${INSTALL}: ${heading}`);
  for (const block of readCommands(INSTALL, heading)) {
    const commands = adaptBlock(block);
    if (commands === "") continue;
    for (const line of commands.split("\n").filter((one) => one !== "")) say(`  $ ${line}`);
    await machine.type(commands, options);
  }
}

/** Fills in the reader's values, and replaces commands that a server without internet cannot run. */
function adaptBlock(block: string): string {
  const lines = block
    .replaceAll(/\\\n\s*/g, "")
    .replaceAll("YOUR.DOMAIN", "example.com")
    .split("\n");
  return lines
    .flatMap((line) => {
      if (line.includes("certbot certonly"))
        return reportSkipped(line, "no public authority is reached; ours gave the certificate");
      if (/^sudoedit /.test(line)) return reportSkipped(line, "done above");
      if (/journalctl .*-f\b/.test(line)) return [line.replace(" -f", " --lines=3")];
      if (/ --help$/.test(line)) return [`${line} > /dev/null`];
      // grep exits with 1 when it finds no error.
      if (/\| grep /.test(line)) return [`${line} || true`];
      return [line];
    })
    .join("\n")
    .trim();
}

function reportSkipped(line: string, reason: string): string[] {
  say(`  (${line.slice(0, 60)}…: not run, ${reason})`);
  return [];
}

/** Runs `sudoedit` with an editor that writes the guide's file, with secrets from the commands that the guide names. */
async function writeEnvironmentFile({ machine, mailbox }: Server, authority: Authority): Promise<void> {
  say(`▶ ${INSTALL}: 3. The environment`);
  cpSync(authority.authority, join(machine.root, "root/authority.pem"));
  const secret = (command: string) => execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim();
  const text = fillEnvironment(
    { SMTP_URL: mailbox.url("127.0.0.1"), NODE_EXTRA_CA_CERTS: "/etc/mgs/authority.pem" },
    secret,
  );
  writeFileSync(join(machine.root, "root/mgs.env"), text, { mode: 0o600 });
  const [create = ""] = readCommands(INSTALL, "3. The environment");
  const first = create.split("\n").filter((line) => !line.startsWith("sudoedit"));
  await machine.type([...first, "sudo cp /root/mgs.env /etc/mgs/mgs.env"].join("\n"));
  await machine.type("sudo install -m 0644 /root/authority.pem /etc/mgs/authority.pem");
  say(`  /etc/mgs/mgs.env: ${text.match(/^[A-Z_]+=/gm)?.length} variables`);
}

/** Copies the certificate to certbot's path. */
function copyCertificate({ root }: Machine, authority: Authority): void {
  const folder = join(root, "etc/letsencrypt/live/mgs");
  mkdirSync(folder, { recursive: true });
  cpSync(authority.certificate, join(folder, "fullchain.pem"));
  cpSync(authority.key, join(folder, "privkey.pem"));
}

/** Checks that all five processes answer. */
export async function checkReady({ machine }: Server): Promise<void> {
  const ports = "3000 3001 3002 3009 6001";
  const ask =
    'curl -fsS --retry 60 --retry-delay 1 --retry-all-errors "http://127.0.0.1:$port/health/ready" > /dev/null';
  await machine.type(`for port in ${ports}; do ${ask}; done`);
  say(`  ready: ${ports}`);
}

/** Checks what the guide promises of a running server. */
async function checkPromises({ machine, network }: Server): Promise<void> {
  say("▶ what the guide promises");
  const listening = await machine.type("sudo ss -Hltn");
  const wide = listening.split("\n").filter((line) => / (?!127\.0\.0\.1:)\S+:(300[0-2]|3009|6001) /.test(line));
  if (wide.length > 0) throw new Error(`reached from outside:\n${wide.join("\n")}`);
  const metrics = ["curl", "--silent", "--insecure", "--output", "/dev/null", "--write-out", "%{http_code}"];
  const resolve = [
    "--resolve",
    "administration.example.com:443:127.0.0.1",
    "https://administration.example.com/metrics",
  ];
  const status = await runCommand([...network.inside, ...metrics, ...resolve]);
  if (status !== "404") throw new Error(`/metrics answers ${status} to the public`);
  say("  3000 to 3002, 3009 and 6001 on 127.0.0.1 alone; /metrics is 404 outside");
  const doctor = await machine.type("cd /opt/mgs/current\nsudo -u mgs npm run --silent mgs -- doctor --timeout 60");
  say(doctor.trimEnd().replaceAll(/^/gm, "  "));
  await machine.type("sudo systemctl stop mgs.target");
  const failed = await machine.type("systemctl list-units --failed --plain --no-legend 'mgs*'");
  if (failed.trim() !== "") throw new Error(`a stop left failed units:\n${failed}`);
  await machine.type("sudo systemctl start mgs.target");
  await checkReady({ machine, network } as Server);
  say("  stopped without a failed unit, and started again");
}
