import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { markReadByUrl } from "./mark-read-by-url";
import { ringBell } from "./ring-bell";
import { createFixture, type Fixture, machine, person } from "./testing/fixture";

let fixture: Fixture;
beforeAll(async () => {
  fixture = await createFixture();
});
afterAll(() => fixture.test.drop());
beforeEach(async () => {
  const { database } = fixture.deps;
  await database.notification.deleteMany();
  await database.outbox.deleteMany();
  await database.$executeRaw`TRUNCATE inboxes, idempotency_keys`;
});

const PAGE = "http://localhost:3002/dossiers/42";
let keys = 0;
const ring = (url: string, userId = 1, source: "gestion-dossier" | "commercial" = "gestion-dossier") =>
  ringBell(fixture.deps, { key: `k${++keys}`, userId, type: "dossier.moved", titre: "T", message: "M", url, source });
const unreadUrls = async (userId = 1) =>
  (await fixture.deps.database.notification.findMany({ where: { userId, readAt: null }, orderBy: { seq: "asc" } })).map(
    ({ url }) => url,
  );
const inbox = () => fixture.deps.database.inbox.findUniqueOrThrow({ where: { userId: 1 } });

it("marks the reader's own that lead to the page, under one number, and no other", async () => {
  const own = ["/dossiers/42", `${PAGE}#comment-1`, "/dossiers/42?avis=1", PAGE];
  const others = [
    "/dossiers/421",
    "/dossiers/42/pieces",
    "http://localhost:3001/dossiers/42",
    "https://evil.test/dossiers/42",
  ];
  for (const url of [...own, ...others]) await ring(url);
  await ring("/dossiers/42", 1, "commercial");
  await ring("/dossiers/42", 2);
  await markReadByUrl(fixture.deps, person(1), `${PAGE}?tab=2#x`);
  expect(await unreadUrls()).toEqual([...others, "/dossiers/42"]);
  expect(await unreadUrls(2)).toEqual(["/dossiers/42"]);
  expect(await inbox()).toMatchObject({ seq: 10n, unreadCount: 5 });
  const changes = await fixture.deps.database.outbox.findMany({ where: { kind: "inbox.changed" } });
  expect(changes.map(({ payload }) => payload)).toMatchObject([
    { user_id: 1, seq: 10, unread_count: 5, op: "updated" },
  ]);
  expect(changes[0]?.payload).toHaveProperty("ids.length", 4);
});

it("changes nothing the second time, for a page that is not ours, and in another person's place", async () => {
  await ring("/dossiers/42");
  const administrator = { id: 9, name: "A" };
  const impersonation = { id: "i", administrator, expiresAt: new Date() };
  await markReadByUrl(fixture.deps, person(1, { impersonation }), PAGE);
  for (const url of ["https://evil.test/dossiers/42", "/dossiers/42", "no address"])
    await markReadByUrl(fixture.deps, person(1), url);
  expect(await inbox()).toMatchObject({ seq: 1n, unreadCount: 1 });
  for (let times = 0; times < 2; times++) await markReadByUrl(fixture.deps, person(1), PAGE);
  expect(await inbox()).toMatchObject({ seq: 2n, unreadCount: 0 });
});

it("takes one number for twenty tabs that open at once", async () => {
  await ring("/dossiers/42");
  await Promise.all(Array.from({ length: 20 }, () => markReadByUrl(fixture.deps, person(1), PAGE)));
  expect(await inbox()).toMatchObject({ seq: 2n, unreadCount: 0 });
});

it("refuses a program", async () => {
  await expect(markReadByUrl(fixture.deps, machine, PAGE)).rejects.toMatchObject({ code: "FORBIDDEN" });
});
