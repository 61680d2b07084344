import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createSealer } from "@mgs/core/crypto";
import { withClient } from "@mgs/db/migrations";
import { createTestDatabase } from "@mgs/db/testing/test-database";
import { createUserSession } from "@mgs/identity/sessions/user-sessions.repository";
import type { SendDeps } from "@mgs/notifications/deps";
import { listInbox } from "@mgs/notifications/list-inbox";
import { sendNotification } from "@mgs/notifications/send-notification";
import { createFixture, message, person } from "@mgs/notifications/testing/fixture";
import { updateNotification } from "@mgs/notifications/update-notification";
import { ensureSigningKey, loadSigningKeys } from "@mgs/oidc/keys.repository";
import { createPortalSession, findLivePortalSession, lockTokens } from "@mgs/portal-auth/portal-sessions.repository";
import { expect, test } from "vitest";
import { runCli } from "../run-cli";

const sealer = createSealer(Buffer.alloc(32, 7).toString("base64"));
const TOKEN = "the-cookie-of-a-browser";
const HOUR_MS = 3_600_000;

async function mgs(url: string, ...args: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCli(args, {
    environment: async () => ({ DATABASE_URL: url }),
    isDatabaseEmbedded: () => true,
    installation: () => Promise.reject(new Error("nobody examines it here")),
    migrations: "prisma/migrations",
    print: (line) => out.push(line),
    complain: (line) => err.push(line),
    colours: false,
    terminal: null,
    input: Readable.from([]),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

/** Reads the state that people and the provider depend on. */
async function seen(deps: SendDeps) {
  const { database } = deps;
  const session = await findLivePortalSession(database, "commercial", TOKEN);
  return {
    session,
    tokens: await database.$transaction((tx) => lockTokens(tx, sealer, session?.id ?? "")),
    keys: await loadSigningKeys(database, sealer),
    inbox: await listInbox(deps, person(1)),
  };
}

test("a restore after the loss of the database brings back sessions, keys and inboxes, and sending works", async () => {
  const folder = await mkdtemp(join(tmpdir(), "mgs-cli-backup-"));
  const file = join(folder, "mgs.mgsbackup");
  const { test: db, deps } = await createFixture();
  const { database, url } = db;
  try {
    await ensureSigningKey(database, sealer);
    // The fixture's users have fixed ids, so the sequence has to start above them.
    await withClient(url, (client) => client.query("SELECT setval('users_id_seq', 4)"));
    const userSessionId = await createUserSession(database, {
      userId: 1,
      oidcSessionUid: "uid",
      userAgent: null,
      ip: null,
    });
    await createPortalSession(
      { database, sealer },
      {
        token: TOKEN,
        portal: "commercial",
        userId: 1,
        userSessionId,
        expiresAt: new Date(Date.now() + HOUR_MS),
        tokens: { accessToken: "access", refreshToken: "refresh", accessExpiresAt: new Date(Date.now() + HOUR_MS) },
      },
    );
    const { notification } = await sendNotification(deps, person(2), message, {});
    await sendNotification(deps, person(2), { ...message, titre: "é\t\\ \n", message: "a\\.\nb" }, {});
    await updateNotification(deps, person(1), notification.id, { read: true });
    const before = await seen(deps);
    expect(before.inbox.items).toHaveLength(2);

    const made = await mgs(url, "db:backup", "--out", file);
    expect(made).toMatchObject({ code: 0, out: expect.stringContaining("MGS_KEY_ENCRYPTION_KEY") });
    expect(await mgs(url, "db:backup", "--out", file)).toMatchObject({
      code: 1,
      err: expect.stringContaining("exists"),
    });

    await withClient(url, (client) => client.query("DROP SCHEMA public CASCADE; CREATE SCHEMA public"));
    await expect(seen(deps)).rejects.toThrow();

    const asked = await mgs(url, "db:restore", file);
    expect(asked).toMatchObject({ code: 1, err: expect.stringContaining("say --yes") });
    await expect(seen(deps)).rejects.toThrow();
    expect(await mgs(url, "db:restore", file, "--yes")).toMatchObject({
      code: 0,
      out: expect.stringContaining("restored"),
    });

    const after = await seen(deps);
    expect(after).toEqual(before);
    const next = await sendNotification(deps, person(2), message, {});
    const inbox = await listInbox(deps, person(1));
    expect(inbox.items[0]?.id).toBe(next.notification.id);
    expect(inbox.seq).toBe(before.inbox.seq + 1);
    const user = await database.user.create({
      data: { email: "neuf@mgs.mg", name: "Neuf", passwordHash: "-", role: "direction" },
    });
    expect(user.id).toBe(5);
  } finally {
    await db.drop();
    await rm(folder, { recursive: true });
  }
});

test("db:restore refuses a file that is no backup, and migrate:rollback requires a number", async () => {
  const db = await createTestDatabase();
  try {
    const refused = await mgs(db.url, "db:restore", "package.json", "--yes", "--json");
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining("not a backup made by db:backup") });
    expect(await mgs(db.url, "migrate:rollback", "--step", "none")).toMatchObject({ code: 2 });
    const back = await mgs(db.url, "migrate:rollback", "--json");
    expect(JSON.parse(back.out).rolled_back).toHaveLength(1);
    expect((await mgs(db.url, "migrate:status")).out).toContain("pending");
  } finally {
    await db.drop();
  }
});
