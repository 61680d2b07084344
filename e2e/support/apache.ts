import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { findExecutable } from "../../tooling/src/services/executables";
import { findFreePortRange } from "../../tooling/src/services/ports";
import { createClient } from "./cli";
import { urlOf } from "./instance";

const MODULES = "/usr/lib/apache2/modules";
const NEEDED = ["mpm_event", "authn_core", "authz_core", "authz_user", "auth_openidc", "headers", "dir", "mime"];
const missing = () => NEEDED.map((name) => `${MODULES}/mod_${name}.so`).filter((path) => !existsSync(path));

/** Why Apache cannot run here as a relying party; null when it can. */
export function reasonWithoutApache(): string | null {
  if (findExecutable(["apache2"]) === null)
    return "apache2 is not installed (Debian: apache2 libapache2-mod-auth-openidc)";
  const [first] = missing();
  return first === undefined ? null : `${first} is not installed (Debian: libapache2-mod-auth-openidc)`;
}

/** A site behind Apache's mod_auth_openidc, which is a relying party of the product. */
export type ApacheSite = { url: string; stop(): Promise<void> };

/**
 * Starts Apache with a page that only signed-in people see. Its answer has the claims in the headers `x-email` and `x-sub`, and
 * `/after` is open to everybody.
 */
export async function startApacheSite(name: string): Promise<ApacheSite> {
  const port = await findFreePortRange(1);
  const url = `http://127.0.0.1:${port}`;
  const callback = `${url}/callback`;
  const client = await createClient(
    ...["--name", name, "--redirect-uri", callback, "--post-logout-redirect-uri", `${url}/after/`],
    ...["--backchannel-logout-uri", `${callback}?logout=backchannel`, "--scope", "openid profile email"],
  );
  const folder = mkdtempSync(join(tmpdir(), "mgs-apache-"));
  // Apache's children run as another user where the test is root.
  chmodSync(folder, 0o755);
  mkdirSync(join(folder, "www/after"), { recursive: true });
  writeFileSync(join(folder, "www/index.html"), "<!doctype html><title>Apache</title><h1>Intranet</h1>");
  writeFileSync(join(folder, "www/after/index.html"), "<!doctype html><title>Apache</title><h1>Au revoir</h1>");
  writeFileSync(join(folder, "mime.types"), "text/html html\n");
  const asRoot = process.getuid?.() === 0 ? ["User www-data", "Group www-data"] : [];
  const config = [
    `ServerRoot ${folder}`,
    "ServerName 127.0.0.1",
    `Listen 127.0.0.1:${port}`,
    `PidFile ${folder}/pid`,
    `ErrorLog ${folder}/error.log`,
    "Mutex pthread",
    "StartServers 1",
    ...NEEDED.map((module) => `LoadModule ${module}_module ${MODULES}/mod_${module}.so`),
    ...asRoot,
    `TypesConfig ${folder}/mime.types`,
    `DocumentRoot ${folder}/www`,
    "DirectoryIndex index.html",
    `OIDCProviderMetadataURL ${urlOf("administration")}/.well-known/openid-configuration`,
    `OIDCClientID ${client.client_id}`,
    `OIDCClientSecret ${client.client_secret}`,
    `OIDCRedirectURI ${callback}`,
    `OIDCCryptoPassphrase ${randomBytes(16).toString("hex")}`,
    'OIDCScope "openid profile email"',
    "OIDCPKCEMethod S256",
    "OIDCSessionType server-cache",
    'Header always set X-Email "expr=%{reqenv:OIDC_CLAIM_email}"',
    'Header always set X-Sub "expr=%{reqenv:OIDC_CLAIM_sub}"',
    '<Location "/">\nAuthType openid-connect\nRequire valid-user\n</Location>',
    '<Location "/after">\nAuthType None\nRequire all granted\n</Location>',
  ];
  writeFileSync(join(folder, "apache.conf"), `${config.join("\n")}\n`);
  const program = findExecutable(["apache2"]) ?? "apache2";
  const apache = spawn(program, ["-f", join(folder, "apache.conf"), "-DFOREGROUND"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const ended = once(apache, "exit");
  await expect
    .poll(
      () =>
        fetch(`${url}/after/`).then(
          ({ status }) => status,
          () => 0,
        ),
      { message: "Apache answers", timeout: 30_000 },
    )
    .toBe(200);
  return {
    url,
    async stop() {
      apache.kill();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
