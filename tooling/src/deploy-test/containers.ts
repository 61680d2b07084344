import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths";
import { say } from "../terminal";
import type { Authority } from "./authority";
import { runCommand, waitUntil } from "./command";
import { fillEnvironment } from "./guide";
import { startMailbox } from "./mailbox";
import type { Network } from "./network";
import { signInAndReceive } from "./notification";
import { listLimitOptions, type Podman } from "./podman";
import { openStack, SERVER_ADDRESS, type Stack } from "./stack";

const PERSON = {
  email: "admin@example.com",
  firstPassword: "un mot de passe assez long",
  password: "trois bateaux verts",
};
/** Exit code of a process whose configuration is invalid. */
const CONFIGURATION_ERROR_EXIT_CODE = 78;

/** Tests the stack of compose.yaml behind nginx, from an empty database to a restored one. It needs the images. */
export async function tryContainers(network: Network, podman: Podman, authority: Authority): Promise<void> {
  await checkWrongEnvironment(podman);
  const mailbox = await startMailbox(network);
  const stack = await openStack(podman, createEnvironment(authority, mailbox.url(SERVER_ADDRESS)));
  const nginx = await startNginx(network, join(podman.folder, "nginx"), authority);
  try {
    say("▶ docker compose up");
    await stack.up();
    say("▶ docker compose run --rm mgs user:create …");
    const person = [
      "--name",
      "Voahangy Rasolofoniaina",
      "--email",
      PERSON.email,
      "--role",
      "administrateur",
      "--password",
    ];
    await stack.run("mgs", ["user:create", ...person], `${PERSON.firstPassword}\n`);
    say("▶ sign in, send, hear");
    const hear = (titre: string) =>
      signInAndReceive(network, mailbox, { ...PERSON, titre }, async () => {
        const notification = ["--user", "1", "--titre", titre, "--message", "Un essai", "--url", "/dashboard"];
        await stack.run("mgs", ["notify", ...notification]);
      });
    await hear("Conteneurs");
    say("▶ docker compose run --rm mgs doctor");
    say(indent(await stack.run("mgs", ["doctor", "--timeout", "60"])));
    await checkIsolation(network);
    await checkRestore(stack, hear);
  } catch (error) {
    // The processes' errors are printed here, because their output is lost with the containers.
    for (const name of ["administration", "commercial", "worker"]) {
      const logs = await podman.podman(["logs", `mgs-${name}`], { also: [125] });
      const errors = logs.split("\n").filter((line) => /"level":[56]0/.test(line));
      say([`logs of ${name}:`, ...errors.slice(-10)].join("\n"));
    }
    throw error;
  } finally {
    await nginx();
    await stack.down();
    await mailbox.close();
  }
}

/** Checks that a container with an invalid environment exits with the reason. */
async function checkWrongEnvironment({ podman }: Podman): Promise<void> {
  say("▶ images with a wrong environment");
  for (const name of ["administration", "commercial", "gestion-dossier", "worker", "realtime-server"]) {
    const container = ["run", "--rm", ...listLimitOptions(), "--network", "none", "--env", "DATABASE_URL=nonsense"];
    const output = await podman(["--log-level", "error", ...container, `docker.io/library/mgs-${name}`], {
      also: [CONFIGURATION_ERROR_EXIT_CODE],
    });
    const named = /^ +- ([A-Z_]+): /m.exec(output)?.[1];
    if (!named) throw new Error(`mgs-${name} named nothing that is wrong:\n${output}`);
    say(`  mgs-${name}: ended, naming ${output.match(/^ +- [A-Z_]+: /gm)?.length} variables`);
  }
}

/** Makes the `.env` of the guide: the installation's variables without four of them, and POSTGRES_PASSWORD. */
function createEnvironment(authority: Authority, smtpUrl: string): Record<string, string> {
  const secret = (command: string) => execFileSync("sh", ["-c", command], { encoding: "utf8" }).trim();
  const text = fillEnvironment(
    {
      SMTP_URL: smtpUrl,
      NODE_EXTRA_CA_CERTS: authority.authority,
      POSTGRES_PASSWORD: secret("openssl rand -hex 24"),
    },
    secret,
  );
  const variables = Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const [, name = "", value = ""] = /^([A-Z][A-Z0-9_]+)=(.*)$/.exec(line) ?? [];
      return name === "" ? [] : [[name, value] as const];
    }),
  );
  const { DATABASE_URL: _d, REDIS_URL: _r, REALTIME_HOST: _h, TRUSTED_PROXIES: _t, ...rest } = variables;
  return rest;
}

/** Starts nginx on the server, with deploy/nginx/mgs.conf unchanged except for the certificate's path. */
async function startNginx(network: Network, folder: string, authority: Authority): Promise<() => Promise<void>> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const site = readFileSync(join(ROOT, "deploy/nginx/mgs.conf"), "utf8")
    .replaceAll("/etc/letsencrypt/live/mgs/fullchain.pem", authority.certificate)
    .replaceAll("/etc/letsencrypt/live/mgs/privkey.pem", authority.key);
  writeFileSync(join(folder, "mgs.conf"), site);
  const http = [`access_log ${folder}/access.log;`, "ssl_protocols TLSv1 TLSv1.2 TLSv1.3;", "include mgs.conf;"];
  const main = [`pid ${folder}/pid;`, `error_log ${folder}/error.log;`, "events {}", `http { ${http.join(" ")} }`];
  writeFileSync(join(folder, "nginx.conf"), main.join("\n"));
  const nginx = [...network.inside, "nginx", "-p", folder, "-c", join(folder, "nginx.conf")];
  await runCommand(nginx);
  return async () => void (await runCommand([...nginx, "-s", "stop"], { also: [1] }));
}

/** Checks that PostgreSQL and Redis have no network to the outside, and that ports listen on the loopback only. */
async function checkIsolation(network: Network): Promise<void> {
  const listening = await runCommand([...network.inside, "ss", "-Hltn"]);
  const open = listening
    .split("\n")
    .flatMap((line) => / (\S+):(5432|6379|300[0-2]|3009|6001) /.exec(line)?.slice(1, 3).join(":") ?? []);
  const wide = open.filter((address) => !address.startsWith("127.0.0.1:"));
  if (wide.length > 0) throw new Error(`reached from outside: ${wide.join(", ")}`);
}

/** Makes a backup as in the guide, changes the data, restores the backup, and checks the data. */
async function checkRestore(stack: Stack, hear: (titre: string) => Promise<void>): Promise<void> {
  say("▶ pg_dump, and everything as it was");
  const titles = async () => await stack.run("mgs", ["notifications:list", "--user", "1"]);
  const dump = await stack.exec("postgres", ["sh", "-c", "pg_dump -U mgs -Fc mgs | base64"]);
  await hear("Après la sauvegarde");
  if (!(await titles()).includes("Après la sauvegarde")) throw new Error("what was sent is not listed");
  const restore = "base64 -d | pg_restore -U mgs --clean --if-exists --single-transaction -d mgs";
  await stack.exec("postgres", ["sh", "-c", restore], dump);
  await waitUntil("the restored database", 60_000, async () => (await titles()).includes("Conteneurs"));
  if ((await titles()).includes("Après la sauvegarde")) throw new Error("what came after the backup is still there");
  await hear("Après le retour");
}

const indent = (text: string) => text.trimEnd().replaceAll(/^/gm, "  ");
