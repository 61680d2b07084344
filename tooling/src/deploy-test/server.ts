import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { say } from "../terminal";
import type { Authority } from "./authority";
import { runCommand } from "./command";
import { commandsOf, filledEnvironment } from "./guide";
import { bootMachine, type Machine } from "./machine";
import { type Mailbox, startMailbox } from "./mailbox";
import type { Network } from "./network";
import { signInAndHear } from "./notification";
import type { Repository } from "./repository";

const INSTALL = "docs/guide/install.md";
const PERSON = { email: "admin@example.com", password: "un mot de passe assez long" };
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
    await chapter(server, "1. Packages");
    say(
      `  ${(await machine.type("node --version; psql --version; /usr/sbin/nginx -v 2>&1; redis-server --version")).trim().replaceAll("\n", ", ")}`,
    );
    await chapter(server, "2. PostgreSQL", { input: `${DATABASE_PASSWORD}\n${DATABASE_PASSWORD}\n` });
    await environmentFile(server, authority);
    await chapter(server, "4. Code");
    await chapter(server, "5. Processes");
    certificate(machine, authority);
    await chapter(server, "6. nginx");
    await chapter(server, "7. The first", { input: `${PERSON.password}\n` });
    await ready(server);
    await chapter(server, "8. Does it");
    await hear(server, "Depuis le serveur");
    await chapter(server, "Logs");
    await examine(server);
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

/** A person signs in through the server's nginx and hears what the command line sends. */
export function hear({ machine, network, mailbox }: Server, titre: string): Promise<void> {
  return signInAndHear(network, mailbox, { ...PERSON, titre }, async () => {
    await machine.type(
      `cd /opt/mgs/current\nsudo -u mgs npm run --silent mgs -- notify --user 1 --titre "${titre}" --message "Un essai" --url /dashboard`,
    );
  });
}

/** The commands of one section, as they stand. What has no place here is said, with what takes its place. */
async function chapter({ machine }: Server, heading: string, options: { input?: string } = {}): Promise<void> {
  say(`▶ ${INSTALL}: ${heading}`);
  for (const block of commandsOf(INSTALL, heading)) {
    const commands = adapted(block);
    if (commands === "") continue;
    for (const line of commands.split("\n").filter((one) => one !== "")) say(`  $ ${line}`);
    await machine.type(commands, options);
  }
}

/** What a reader puts in, and what a server without a way to the public cannot do. */
function adapted(block: string): string {
  const lines = block
    .replaceAll(/\\\n\s*/g, "")
    .replaceAll("YOUR.DOMAIN", "example.com")
    .split("\n");
  return lines
    .flatMap((line) => {
      if (line.includes("certbot certonly"))
        return skip(line, "no public authority is reached; ours gave the certificate");
      if (/^sudoedit /.test(line)) return skip(line, "done above");
      if (/journalctl .*-f\b/.test(line)) return [line.replace(" -f", " --lines=3")];
      if (/ --help$/.test(line)) return [`${line} > /dev/null`];
      // grep finds no error: that is its exit code 1.
      if (/\| grep /.test(line)) return [`${line} || true`];
      return [line];
    })
    .join("\n")
    .trim();
}

function skip(line: string, reason: string): string[] {
  say(`  (${line.slice(0, 60)}…: not run, ${reason})`);
  return [];
}

/** `sudoedit` with an editor that types what the guide shows, its secrets made by the commands it names. */
async function environmentFile({ machine, mailbox }: Server, authority: Authority): Promise<void> {
  say(`▶ ${INSTALL}: 3. The environment`);
  cpSync(authority.authority, join(machine.root, "root/authority.pem"));
  const secret = (command: string) => execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim();
  const text = filledEnvironment(
    { SMTP_URL: mailbox.url("127.0.0.1"), NODE_EXTRA_CA_CERTS: "/etc/mgs/authority.pem" },
    secret,
  );
  writeFileSync(join(machine.root, "root/mgs.env"), text, { mode: 0o600 });
  const [create = ""] = commandsOf(INSTALL, "3. The environment");
  const first = create.split("\n").filter((line) => !line.startsWith("sudoedit"));
  await machine.type([...first, "sudo cp /root/mgs.env /etc/mgs/mgs.env"].join("\n"));
  await machine.type("sudo install -m 0644 /root/authority.pem /etc/mgs/authority.pem");
  say(`  /etc/mgs/mgs.env: ${text.match(/^[A-Z_]+=/gm)?.length} variables`);
}

/** Where certbot would have put it. */
function certificate({ root }: Machine, authority: Authority): void {
  const folder = join(root, "etc/letsencrypt/live/mgs");
  mkdirSync(folder, { recursive: true });
  cpSync(authority.certificate, join(folder, "fullchain.pem"));
  cpSync(authority.key, join(folder, "privkey.pem"));
}

/** All five processes answer. */
export async function ready({ machine }: Server): Promise<void> {
  const ports = "3000 3001 3002 3009 6001";
  const ask =
    'curl -fsS --retry 60 --retry-delay 1 --retry-all-errors "http://127.0.0.1:$port/health/ready" > /dev/null';
  await machine.type(`for port in ${ports}; do ${ask}; done`);
  say(`  ready: ${ports}`);
}

/** What the guide promises of a server that runs. */
async function examine({ machine, network }: Server): Promise<void> {
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
  await ready({ machine, network } as Server);
  say("  stopped without a failed unit, and started again");
}
