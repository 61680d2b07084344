import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { Client } from "pg";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { RawClient } from "../testing/raw-client";
import { startProcess } from "../testing/server-process";
import { createPublisher } from "../testing/start-server";
import { readDatabaseApps } from "./database-apps";

let database: TestDatabase;
let client: Client;

/** Soketi's own table, as its documentation makes it, with our columns beside. */
const TABLE = `CREATE TABLE apps (
  id varchar(255) PRIMARY KEY, key varchar(255) NOT NULL, secret varchar(255) NOT NULL,
  max_connections integer, enable_client_messages smallint, enabled smallint,
  max_backend_events_per_sec integer, max_client_events_per_sec integer, max_read_req_per_sec integer, webhooks json
)`;
const OURS = `ALTER TABLE apps ADD allowed_origins text[], ADD tls_only boolean, ADD more_keys jsonb, ADD limits jsonb`;

beforeAll(async () => {
  database = await createTestDatabase({ migrated: false });
  client = new Client({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await database.drop();
});
beforeEach(async () => {
  await client.query("DROP TABLE IF EXISTS apps");
  await client.query(TABLE);
});

const read = () => readDatabaseApps({ url: database.url, table: "apps", pollSeconds: 1 });

it("a table of Soketi is read as it is", async () => {
  await client.query(
    `INSERT INTO apps VALUES ('1', 'k1', 's1', -1, 1, 1, -1, -1, -1, '[{"url":"https://a.example","event_types":["member_added"]}]'),
     ('2', 'k2', 's2', 5, 0, 0, -1, 3, -1, NULL), ('3', 'k3', 's3', NULL, NULL, NULL, NULL, NULL, NULL, '[]')`,
  );
  expect(await read()).toEqual([
    {
      id: "1",
      keys: [{ key: "k1", secret: "s1" }],
      enabled: true,
      clientEvents: true,
      limits: {},
      webhooks: [{ url: "https://a.example", events: ["member_added"] }],
    },
    {
      id: "2",
      keys: [{ key: "k2", secret: "s2" }],
      enabled: false,
      clientEvents: false,
      limits: { maxAppConnections: 5, maxClientEventsPerSecond: 3 },
    },
    { id: "3", keys: [{ key: "k3", secret: "s3" }], clientEvents: false, limits: {}, webhooks: [] },
  ]);
});

it("a row without a secret is wrong", async () => {
  await client.query("ALTER TABLE apps ALTER secret DROP NOT NULL");
  await client.query("INSERT INTO apps (id, key) VALUES ('1', 'k1')");
  await expect(read()).rejects.toThrow(/row 1: secret/);
});

it("our columns say the rest", async () => {
  await client.query(OURS);
  await client.query(
    `INSERT INTO apps (id, key, secret, enable_client_messages, allowed_origins, tls_only, more_keys, limits)
     VALUES ('1', 'k1', 's1', 1, '{https://*.example}', true, '[{"key":"k2","secret":"s2"}]', '{"maxPresenceMembers":1000}')`,
  );
  expect(await read()).toMatchObject([
    {
      keys: [
        { key: "k1", secret: "s1" },
        { key: "k2", secret: "s2" },
      ],
      allowedOrigins: ["https://*.example"],
      tlsOnly: true,
      limits: { maxPresenceMembers: 1_000 },
    },
  ]);
});

it.each([
  [
    "webhooks",
    `INSERT INTO apps (id, key, secret, webhooks) VALUES ('1', 'k', 'hush', '[{"url":"no"}]')`,
    /row 1: webhooks/,
  ],
  ["an empty secret", `INSERT INTO apps (id, key, secret) VALUES ('1', 'k', '')`, /row 1: keys.0.secret/],
  ["no table", "DROP TABLE apps", /relation "apps" does not exist/],
])("%s is an error without a secret", async (_name, sql, message) => {
  await client.query(sql);
  const error: unknown = await read().catch((reason: unknown) => reason);
  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain("hush");
});

it("a running server follows the table, and stays as it is while the table is gone", async () => {
  await client.query(
    `INSERT INTO apps (id, key, secret, enabled) VALUES ('a', 'a-key', 'a-secret', 1), ('b', 'b-key', 'b-secret', 1)`,
  );
  const url = new URL(database.url);
  const server = startProcess({
    REALTIME_PORT: "0",
    SOKETI_APP_MANAGER_DRIVER: "postgres",
    SOKETI_DB_POSTGRES_HOST: url.hostname,
    SOKETI_DB_POSTGRES_PORT: url.port,
    SOKETI_DB_POSTGRES_USERNAME: decodeURIComponent(url.username),
    SOKETI_DB_POSTGRES_PASSWORD: decodeURIComponent(url.password),
    SOKETI_DB_POSTGRES_DATABASE: url.pathname.slice(1),
  });
  const port = await server.port();
  const connect = (id: string) => RawClient.connect(port, { id, key: `${id}-key`, secret: `${id}-secret` });
  const [a, b] = [await connect("a"), await connect("b")];
  await a.join("room");

  await client.query("DELETE FROM apps WHERE id = 'b'");
  server.child.kill("SIGHUP");
  expect((await b.closed).code).toBe(4001);

  await client.query("ALTER TABLE apps RENAME TO apps_away");
  server.child.kill("SIGHUP");
  await server.next("apps could not be reloaded; those before stay");
  await createPublisher({ id: "a", key: "a-key", secret: "a-secret" }, port).trigger("room", "created", {});
  await a.next("created");

  await client.query("ALTER TABLE apps_away RENAME TO apps");
  await client.query("UPDATE apps SET enabled = 0 WHERE id = 'a'");
  server.child.kill("SIGHUP");
  expect((await a.closed).code).toBe(4003);
});
