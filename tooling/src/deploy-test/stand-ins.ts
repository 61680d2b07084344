import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../paths";
import { runCommand } from "./command";
import { copyTree, makeDebian, TRUSTED } from "./debian";
import type { Podman } from "./podman";

/** Stand-ins for Docker Hub's images, made of Debian's and npm's packages, because some networks block image registries. */
export type StandIns = { node: string; postgres: string; valkey: string };

/** Lists the base images that the Dockerfile and compose.yaml name. */
export function listBaseImages(): StandIns {
  const version = /^ARG NODE_VERSION=(\S+)$/m.exec(readFileSync(join(ROOT, "Dockerfile"), "utf8"))?.[1];
  const compose = readFileSync(join(ROOT, "compose.yaml"), "utf8");
  const named = (start: string) => new RegExp(`^ +image: (${start}\\S*)$`, "m").exec(compose)?.[1] ?? "";
  const postgres = named("postgres:");
  const valkey = named("valkey/");
  if (!version || !postgres || !valkey) throw new Error("the Dockerfile and compose.yaml name other base images");
  return { node: `node:${version}-bookworm-slim`, postgres, valkey };
}

/** Creates the database at the first start from POSTGRES_USER, _PASSWORD and _DB, as the official image does. */
const POSTGRES_ENTRYPOINT = `#!/bin/sh
set -eu
export PATH="$(echo /usr/lib/postgresql/*/bin):$PATH" PGDATA=/var/lib/postgresql/data
if [ "$(id -u)" = 0 ]; then
  mkdir -p "$PGDATA" /var/run/postgresql
  chown -R postgres:postgres /var/lib/postgresql /var/run/postgresql
  exec setpriv --reuid=postgres --regid=postgres --init-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  umask 077
  printf '%s\\n' "$POSTGRES_PASSWORD" > /tmp/password
  initdb --encoding=UTF8 --locale=C --username="$POSTGRES_USER" --pwfile=/tmp/password --auth-local=trust --auth-host=scram-sha-256 > /dev/null
  rm /tmp/password
  echo 'host all all all scram-sha-256' >> "$PGDATA/pg_hba.conf"
  pg_ctl --wait --options="-c listen_addresses=''" start > /dev/null
  createdb --username="$POSTGRES_USER" "$POSTGRES_DB"
  pg_ctl --wait stop > /dev/null
fi
exec postgres -c listen_addresses='*'
`;

/** Listens to other containers, as the official image does. */
const VALKEY_ENTRYPOINT = '#!/bin/sh\ncd /data\nexec "$@" --protected-mode no\n';

/** Makes the missing ones of the three base images, under the names that the Dockerfile and compose.yaml use. */
export async function makeStandIns({ folder, podman }: Podman): Promise<string> {
  const images = listBaseImages();
  const root = join(folder, "image-root");
  const make = async (name: string, from: () => Promise<string>, fill: () => unknown, changes: readonly string[]) => {
    const image = resolveImageName(name);
    if (await succeeds(podman(["image", "exists", image]))) return;
    await copyTree(await from(), root);
    for (const bulk of ["usr/share/doc", "usr/share/man", "usr/share/locale", "var/lib/apt/lists"]) {
      rmSync(join(root, bulk), { recursive: true, force: true });
    }
    await fill();
    const tar = join(folder, "image.tar");
    await runCommand(["tar", "--create", "--file", tar, "--directory", root, "."]);
    await podman(["import", ...changes.flatMap((change) => ["--change", change]), tar, image]);
    rmSync(tar);
    rmSync(root, { recursive: true });
  };
  const debian =
    (suite: string, ...packages: string[]) =>
    async () => {
      const made = join(folder, suite);
      await makeDebian(made, suite, ["ca-certificates", ...packages], true);
      return made;
    };
  const servers = debian("trixie", "postgresql", "valkey-server");
  const node = ['CMD ["node"]', `ENV NODE_EXTRA_CA_CERTS=${TRUSTED}`];
  await make(images.node, debian("bookworm", "libatomic1"), () => addNode(root), node);
  const entry = 'ENTRYPOINT ["/usr/local/bin/entrypoint"]';
  const postgres = () => addEntrypoint(root, POSTGRES_ENTRYPOINT);
  await make(images.postgres, servers, postgres, [entry, 'CMD ["postgres"]']);
  const valkey = () => addEntrypoint(root, VALKEY_ENTRYPOINT);
  await make(images.valkey, servers, valkey, [entry, 'CMD ["valkey-server"]']);
  return Object.values(images).join(", ");
}

/** Resolves a short image name as docker does. */
export function resolveImageName(image: string): string {
  return `docker.io/${image.includes("/") ? image : `library/${image}`}`;
}

function addEntrypoint(root: string, script: string): void {
  writeFileSync(join(root, "usr/local/bin/entrypoint"), script);
  chmodSync(join(root, "usr/local/bin/entrypoint"), 0o755);
  mkdirSync(join(root, "data"));
}

function succeeds(work: Promise<unknown>): Promise<boolean> {
  return work.then(
    () => true,
    () => false,
  );
}

/** Adds the pinned Node from npm, and an npm, at the paths of the official image. */
async function addNode(root: string): Promise<void> {
  const modules = join(root, "usr/local/lib/node_modules");
  cpSync(join(ROOT, "node_modules/node/bin/node"), join(root, "usr/local/bin/node"), { dereference: true });
  const staging = join(root, "tmp/npm");
  mkdirSync(staging, { recursive: true });
  mkdirSync(modules, { recursive: true });
  const packed = await runCommand(["npm", "pack", "--silent", "--pack-destination", staging, "npm@11"], {
    cwd: staging,
  });
  const tar = packed.trim().split("\n").at(-1) ?? "";
  await runCommand(["tar", "--extract", "--file", join(staging, tar), "--directory", staging]);
  cpSync(join(staging, "package"), join(modules, "npm"), { recursive: true });
  rmSync(staging, { recursive: true });
  for (const name of ["npm", "npx"]) {
    symlinkSync(`../lib/node_modules/npm/bin/${name}-cli.js`, join(root, "usr/local/bin", name));
  }
}
