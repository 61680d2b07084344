import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Environment } from "@mgs/core/environment";
import { readSettings as readRealtimeSettings } from "@mgs/realtime-server/config/settings";
import { createRealtimeServer } from "@mgs/realtime-server/server";
import Pusher from "pusher-js";
import { expect, test } from "vitest";
import { createEnvironment, MAX_PRESENCE_MEMBERS, PROCESSES, type Resources } from "./environment";
import { readSettings } from "./settings";

const secrets = {
  MGS_KEY_ENCRYPTION_KEY: "key",
  OIDC_COOKIE_SECRET: "cookie",
  COMMERCIAL_OAUTH_CLIENT_SECRET: "commercial-client",
  GESTION_DOSSIER_OAUTH_CLIENT_SECRET: "gestion-client",
  COMMERCIAL_NEXTAUTH_SECRET: "commercial-nextauth",
  GESTION_DOSSIER_NEXTAUTH_SECRET: "gestion-nextauth",
  PUSHER_APP_SECRET: "pusher",
  METRICS_TOKEN: "metrics",
};
const resources: Resources = {
  databaseUrl: "postgresql://db",
  redisUrl: "redis://r",
  secrets,
  mode: "production",
};
const settings = (variables: Environment = {}) => readSettings({ PATH: "/bin", ...variables }, "/nowhere");

test("a portal gets its own client: COMMERCIAL_X becomes X", () => {
  const variables = createEnvironment("commercial", settings({ MGS_PORT_BASE: "4000" }), resources);
  expect(variables).toMatchObject({
    OAUTH_CLIENT_ID: "commercial",
    OAUTH_CLIENT_SECRET: "commercial-client",
    OAUTH_REDIRECT_URI: "http://localhost:4001/api/auth/callback/mgs",
    OAUTH_SERVER_URL: "http://localhost:4000",
    NEXTAUTH_URL: "http://localhost:4001",
    NEXTAUTH_SECRET: "commercial-nextauth",
    PUSHER_HOST: "localhost",
    PUSHER_PORT: "4003",
    PUSHER_SCHEME: "http",
  });
});

test("a prefixed variable reaches its portal alone", () => {
  const own = settings({ COMMERCIAL_OAUTH_CLIENT_ID: "vente", COMMERCIAL_URL: "https://vente.example.com" });
  const commercial = createEnvironment("commercial", own, resources);
  expect(commercial).toMatchObject({ OAUTH_CLIENT_ID: "vente", NEXTAUTH_URL: "https://vente.example.com" });
  expect(commercial).not.toHaveProperty("URL");
  expect(createEnvironment("gestion-dossier", own, resources).OAUTH_CLIENT_ID).toBe("gestion-dossier");
  expect(createEnvironment("administration", own, resources).COMMERCIAL_URL).toBe("https://vente.example.com");
});

test("no process gets a secret that it does not need", () => {
  const held = PROCESSES.map((name) => {
    const values = new Set(Object.values(createEnvironment(name, settings(), resources)));
    return [name, Object.values(secrets).filter((secret) => values.has(secret))];
  });
  expect(Object.fromEntries(held)).toEqual({
    administration: ["key", "cookie", "pusher", "metrics"],
    commercial: ["key", "commercial-client", "commercial-nextauth", "pusher", "metrics"],
    "gestion-dossier": ["key", "gestion-client", "gestion-nextauth", "pusher", "metrics"],
    worker: ["key", "pusher", "metrics"],
    "realtime-server": ["pusher", "metrics"],
  });
});

test("every process gets the variables of observability, and the worker those of the canary", () => {
  const watched = settings({
    SENTRY_DSN: "https://k@sentry.example/1",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318",
  });
  for (const name of PROCESSES) {
    expect(createEnvironment(name, watched, resources)).toMatchObject({
      SENTRY_DSN: "https://k@sentry.example/1",
      OTEL_EXPORTER_OTLP_ENDPOINT: "http://otel:4318",
    });
  }
  const canary = settings({ CANARY_INTERVAL: "60", CANARY_MAIL_TO: "ops@mgs.mg" });
  expect(createEnvironment("worker", canary, resources)).toMatchObject({
    CANARY_INTERVAL: "60",
    CANARY_MAIL_TO: "ops@mgs.mg",
  });
});

test("mail goes to the mailbox unless Resend or SMTP is set", () => {
  expect(createEnvironment("worker", settings(), resources).SMTP_URL).toBe("smtp://127.0.0.1:1025");
  const smtp = settings({ SMTP_URL: "smtps://mail.example.com", MAIL_FROM_COMMERCIAL: "a@b.mg" });
  expect(createEnvironment("worker", smtp, resources)).toMatchObject({
    SMTP_URL: "smtps://mail.example.com",
    MAIL_FROM_COMMERCIAL: "a@b.mg",
  });
  expect(createEnvironment("worker", settings({ RESEND_API_KEY: "re_1" }), resources)).not.toHaveProperty("SMTP_URL");
});

test("PUSHER_APP_CLUSTER selects hosted Pusher, without our host", () => {
  const hosted = settings({ PUSHER_APP_CLUSTER: "eu", PUSHER_APP_ID: "7", PUSHER_APP_KEY: "k" });
  expect(hosted.foreignRealtime).toBe(true);
  const variables = createEnvironment("administration", hosted, resources);
  expect(variables).toMatchObject({ PUSHER_APP_CLUSTER: "eu", PUSHER_APP_ID: "7", PUSHER_APP_KEY: "k" });
  expect(variables).not.toHaveProperty("PUSHER_HOST");
  expect(variables).not.toHaveProperty("PUSHER_PORT");
});

/** Reads the realtime server's settings from the product's environment. */
const readProduct = (variables: Environment = {}) =>
  readRealtimeSettings(
    createEnvironment("realtime-server", settings(variables), {
      ...resources,
      secrets: { ...secrets, METRICS_TOKEN: "metrics-token-of-a-test" },
    }),
  );

test("Socket.IO clients are allowed by the portals, unless another back end is named", () => {
  const hostsOf = (variables: Environment) => readProduct(variables).socketIo?.authorization.hosts;
  const portals = ["http://localhost:4000", "http://localhost:4001", "http://localhost:4002"];
  expect(hostsOf({ MGS_PORT_BASE: "4000", REALTIME_SOCKET_IO: "1" })).toEqual(portals);
  const other = "https://app.example.com";
  expect(hostsOf({ REALTIME_SOCKET_IO: "1", REALTIME_SOCKET_IO_AUTH_HOST: other })).toEqual([other]);
  expect(hostsOf({})).toBeUndefined();
});

test("the limit of presence members is above Pusher's 100, and compose.yaml has the same", async () => {
  const limit = (variables: Environment = {}) => readProduct(variables).limits.maxPresenceMembers;
  expect(limit()).toBe(MAX_PRESENCE_MEMBERS);
  expect(limit({ REALTIME_MAX_PRESENCE_MEMBERS: "250" })).toBe(250);
  const compose = await readFile(new URL("../../compose.yaml", import.meta.url), "utf8");
  expect(compose).toContain(`\${REALTIME_MAX_PRESENCE_MEMBERS:-${MAX_PRESENCE_MEMBERS}}`);
});

test("the 101st member joins the presence channel with the product's settings", async () => {
  const { apps, limits } = readProduct();
  const server = createRealtimeServer({
    apps,
    host: "127.0.0.1",
    limits: { ...limits, drainDelayMs: 0, closeGraceMs: 100 },
  });
  await server.listen(0);
  const clients: Pusher[] = [];
  const sign = (text: string) => createHmac("sha256", secrets.PUSHER_APP_SECRET).update(text).digest("hex");
  const join = (id: number) =>
    new Promise<number>((resolve, reject) => {
      const client = new Pusher("mgs-key", {
        cluster: "mt1",
        wsHost: "127.0.0.1",
        wsPort: server.port,
        forceTLS: false,
        enabledTransports: ["ws"],
        channelAuthorization: {
          transport: "ajax",
          endpoint: "unused",
          customHandler: ({ socketId, channelName }, done) => {
            const channel_data = JSON.stringify({ user_id: String(id), user_info: { name: "Rado" } });
            done(null, { auth: `mgs-key:${sign(`${socketId}:${channelName}:${channel_data}`)}`, channel_data });
          },
        },
      });
      clients.push(client);
      const channel = client.subscribe("presence-online-users");
      channel.bind("pusher:subscription_succeeded", (members: { count: number }) => resolve(members.count));
      channel.bind("pusher:subscription_error", (problem: { error: string }) => reject(new Error(problem.error)));
    });
  try {
    for (let id = 1; id <= 100; id++) await join(id);
    expect(await join(101)).toBe(101);
  } finally {
    for (const client of clients) client.disconnect();
    await server.close();
  }
});
