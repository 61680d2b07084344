import { readFileSync } from "node:fs";
import { cp, mkdir, writeFile } from "node:fs/promises";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { Readable } from "node:stream";
import { writeHeartbeat } from "@mgs/observability/processes/heartbeat.repository";
import { reportProcess } from "@mgs/observability/processes/this-process";
import { makeCertificate } from "@mgs/realtime-server/testing/certificate";
import { expect, test } from "vitest";
import { runCli } from "../run-cli";
import { CLOSED_PORT, useHealthyInstallation } from "../testing/use-healthy-installation";
import type { Installation } from "./installation";

const stage = useHealthyInstallation();

type Report = { state: string; checks: { name: string; state: string; detail: string; advice?: string }[] };

async function doctor(installation: Installation, migrations = "prisma/migrations") {
  const out: string[] = [];
  const code = await runCli(["doctor", "--timeout", "60", "--json"], {
    environment: () => Promise.reject(new Error("the doctor asks for the installation")),
    isDatabaseEmbedded: () => true,
    installation: async () => installation,
    migrations,
    print: (line) => out.push(line),
    complain: (line) => out.push(line),
    colours: false,
    terminal: null,
    input: Readable.from([]),
  });
  const report: Report = JSON.parse(out.join("\n"));
  const failed = report.checks.filter(({ state }) => state === "fail");
  return { code, report, failed, names: failed.map(({ name }) => name) };
}

test("a healthy installation has exit code 0", async () => {
  const { code, report, failed } = await doctor(stage.healthy);
  expect(failed).toEqual([]);
  expect(code).toBe(0);
  expect(report.checks.length).toBeGreaterThan(15);
  // The tests' Redis keeps no data, which is a warning and no failure.
  expect(report.checks.filter(({ state }) => state === "warn").map(({ name }) => name)).toContain("redis");
});

const BREAKAGES: readonly (readonly [string, () => Installation, string[], RegExp])[] = [
  [
    "Redis gone",
    () => stage.changed("administration", { REDIS_URL: `redis://localhost:${CLOSED_PORT}` }),
    ["redis"],
    /Start Redis/,
  ],
  [
    "a wrong client secret",
    () => stage.changed("commercial", { OAUTH_CLIENT_SECRET: "another-secret-than-registered" }),
    ["client-secrets"],
    /same secret/,
  ],
  [
    "the realtime server down",
    () => stage.changed("administration", { PUSHER_PORT: String(CLOSED_PORT) }),
    ["realtime", "realtime-public"],
    /Start the realtime server/,
  ],
  [
    "another secret of the realtime server",
    () => stage.changed("administration", { PUSHER_APP_SECRET: "another" }),
    ["realtime"],
    /PUSHER_APP_ID, _KEY and _SECRET/,
  ],
  [
    "a public realtime address that leads nowhere",
    () => stage.changed("administration", { PUSHER_PUBLIC_HOST: "127.0.0.1", PUSHER_PUBLIC_PORT: String(CLOSED_PORT) }),
    ["realtime-public"],
    /pass WebSockets on/,
  ],
  [
    "an issuer under another name",
    () => {
      const url = stage.healthy.environments.administration.OAUTH_SERVER_URL ?? "";
      return stage.changed("gestion-dossier", { OAUTH_SERVER_URL: url.replace("localhost", "127.0.0.1") });
    },
    ["issuer"],
    /has to be the same/,
  ],
  [
    "an issuer that cannot be reached",
    () => stage.changed("commercial", { OAUTH_SERVER_URL: `http://localhost:${CLOSED_PORT}` }),
    ["issuer", "client-secrets"],
    /Start administration/,
  ],
  [
    "a redirect URI that is not registered",
    () => {
      const url = (stage.healthy.environments.commercial.NEXTAUTH_URL ?? "").replace("localhost", "127.0.0.1");
      return stage.changed("commercial", { NEXTAUTH_URL: url, OAUTH_REDIRECT_URI: `${url}/api/auth/callback/mgs` });
    },
    ["redirect-uris"],
    /to the letter/,
  ],
  [
    "another key-encryption key",
    () => stage.changed("administration", { MGS_KEY_ENCRYPTION_KEY: Buffer.alloc(32, 8).toString("base64") }),
    ["keys"],
    /Put the key back/,
  ],
  [
    "no mail server",
    () => stage.changed("worker", { SMTP_URL: `smtp://localhost:${CLOSED_PORT}` }),
    ["mail"],
    /SMTP_URL/,
  ],
  [
    "secrets of .env.example",
    () => ({ ...stage.healthy, secretProblems: ["OIDC_COOKIE_SECRET: is the value of .env.example"] }),
    ["secrets"],
    /\.env\.example/,
  ],
  [
    "an SMTP password that needs percent-encoding",
    () => stage.changed("worker", { SMTP_URL: "smtps://no-reply@mgs.mg:a#2@host:465" }),
    ["environment"],
    /Correct them in the environment/,
  ],
  [
    "what the realtime server would refuse",
    () => ({ ...stage.healthy, realtimeProblems: ["REALTIME_REDIS_URL: needs percent-encoding"] }),
    ["environment"],
    /Correct them in the environment/,
  ],
  [
    "a variable missing",
    () => stage.changed("administration", { PUSHER_APP_KEY: "" }),
    ["environment"],
    /Correct them in the environment/,
  ],
];

test.for(BREAKAGES)("%s: named, with what to do, exit code 1", async ([, broken, names, advice]) => {
  const found = await doctor(broken());
  expect({ names: found.names, code: found.code, state: found.report.state }).toEqual({
    names,
    code: 1,
    state: "fail",
  });
  expect(found.failed[0]?.advice).toMatch(advice);
});

test("invalid variables of several processes are reported in one list, without passwords", async () => {
  const broken = stage.changed("administration", {
    REDIS_URL: "redis://:pa#55@cache",
    SENTRY_DSN: "https://pa#55@sentry/1",
  });
  const worker = { ...stage.healthy.environments.worker, SMTP_URL: "smtps://no-reply@mgs.mg:pa#55@host:465" };
  const { failed, report } = await doctor({ ...broken, environments: { ...broken.environments, worker } });
  for (const name of ["REDIS_URL", "SENTRY_DSN", "SMTP_URL"]) expect(failed[0]?.detail).toContain(`${name}: `);
  expect(failed[0]?.detail).toContain("percent-encoding");
  expect(JSON.stringify(report)).not.toContain("55");
});

test("every check reports a certificate of an authority that Node does not know", async () => {
  const { cert, key } = makeCertificate(stage.folder, "company");
  const behindTls = createHttpsServer({ cert: readFileSync(cert), key: readFileSync(key) }, (_, response) =>
    response.end(),
  );
  await new Promise<void>((resolve) => behindTls.listen(0, resolve));
  const { port } = behindTls.address() as AddressInfo;
  const url = `https://localhost:${port}`;
  const { environments } = stage.healthy;
  const client = { OAUTH_SERVER_URL: url, NEXTAUTH_URL: url, OAUTH_REDIRECT_URI: `${url}/api/auth/callback/mgs` };
  const found = await doctor({
    ...stage.healthy,
    environments: {
      administration: {
        ...environments.administration,
        ADMINISTRATION_URL: url,
        OAUTH_SERVER_URL: url,
        PUSHER_PUBLIC_HOST: "localhost",
        PUSHER_PUBLIC_PORT: String(port),
        PUSHER_PUBLIC_SCHEME: "https",
        REDIS_URL: `rediss://localhost:${port}`,
      },
      commercial: { ...environments.commercial, ...client },
      "gestion-dossier": { ...environments["gestion-dossier"], ...client },
      worker: { ...environments.worker, SMTP_URL: `smtps://localhost:${port}` },
    },
  }).finally(() => {
    behindTls.closeAllConnections();
    behindTls.close();
  });
  // Another check covers an address that is not registered.
  const named = found.failed.filter(({ name }) => name !== "redirect-uris");
  const names = named.map(({ name }) => name);
  expect(names).toEqual(["redis", "issuer", "portals", "client-secrets", "realtime-public", "mail"]);
  for (const { name, detail, advice } of named) {
    expect(detail, name).toMatch(new RegExp(`^the certificate of localhost:${port} is refused \\(issued by company, `));
    expect(advice, name).toContain("NODE_EXTRA_CA_CERTS");
  }
});

test("the other checks run while PostgreSQL is away", async () => {
  const found = await doctor(
    stage.changed("administration", { DATABASE_URL: `postgresql://a:b@localhost:${CLOSED_PORT}/mgs` }),
  );
  expect(found.code).toBe(1);
  expect(found.failed[0]).toMatchObject({ name: "postgresql", advice: expect.stringContaining("Start PostgreSQL") });
  expect(found.names).not.toContain("realtime");
  expect(JSON.stringify(found.report)).not.toContain(":b@");
});

test("reports a pending migration", async () => {
  const migrations = join(stage.folder, "migrations");
  await cp("prisma/migrations", migrations, { recursive: true });
  await mkdir(join(migrations, "29990101000000_next"));
  await writeFile(join(migrations, "29990101000000_next", "migration.sql"), "SELECT 1");
  const found = await doctor(stage.healthy, migrations);
  expect(found).toMatchObject({ code: 1, names: ["migrations"] });
  expect(found.failed[0]?.advice).toContain("mgs -- migrate");
});

test("reports a silent worker and overdue deliveries", async () => {
  const { database } = stage;
  // Another heartbeat would write the row again.
  await stage.heartbeat.stop();
  await writeHeartbeat(database, reportProcess());
  await database.$executeRaw`UPDATE process_heartbeats SET seen_at = now() - interval '10 minutes'`;
  await database.$executeRaw`
    INSERT INTO outbox (id, queue, kind, payload, available_at)
    VALUES (gen_random_uuid(), 'emails', 'notification.email', '{}', now() - interval '1 hour')`;
  const found = await doctor(stage.healthy);
  expect(found).toMatchObject({ code: 1, names: ["worker", "queue"] });
  expect(found.failed[0]?.advice).toContain("Start the worker");
});
