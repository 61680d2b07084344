import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Database } from "@mgs/db/client";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createFileStorage } from "@mgs/documents/storage/file-storage";
import { fileKey, thumbnailKey } from "@mgs/documents/storage/keys";
import { DOSSIER_STATES, findStep } from "@mgs/dossiers/contract/states";
import { checkCustomFields } from "@mgs/dossiers/custom-fields";
import { afterAll, beforeAll, expect, test } from "vitest";
import { seedPeople } from "../seed-people";
import { DEMO_TYPES } from "./dossier-types";
import { DOSSIER_COUNT } from "./plan-story";
import { enlargeBusiness, seedBusiness } from "./seed-business";

const NOW = new Date("2026-11-30T09:00:00Z");
/** A new installation has three types. */
const FIRST_TYPE_ID = 4;
let testDatabase: TestDatabase;
let folder: string;
beforeAll(async () => {
  [testDatabase, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), "mgs-seed-"))]);
});
afterAll(() => Promise.all([testDatabase.drop(), rm(folder, { recursive: true })]));
const seed = () => seedBusiness(testDatabase.database, createFileStorage(folder), NOW);

test("adds no dossier to an office whose people are others", async () => {
  expect(await seed()).toBe(0);
  expect(await testDatabase.database.dossier.count()).toBe(0);
});

test("adds two years of dossiers, once", async () => {
  const { database } = testDatabase;
  await seedPeople(database);
  expect(await seed()).toBe(DOSSIER_COUNT);
  expect(await seed()).toBe(0);
  const dossiers = await database.dossier.findMany({ orderBy: { id: "asc" } });
  expect(new Set(dossiers.map(({ state }) => state))).toEqual(new Set(DOSSIER_STATES));
  expect(dossiers.some(({ dueOn, state }) => dueOn && dueOn < NOW && state === "en_cours")).toBe(true);
  for (const { createdAt, updatedAt, stateSince } of dossiers)
    expect(createdAt <= stateSince && stateSince <= updatedAt && updatedAt <= NOW).toBe(true);
  // Numbers are gap-free, and the next one opened continues them.
  const { last } = await database.dossierNumber.findFirstOrThrow({ orderBy: { year: "desc" } });
  expect(dossiers.at(-1)?.reference).toBe(`D-2026-${String(last).padStart(4, "0")}`);
  const next = await database.conversation.create({ data: { createdBy: 1 } });
  expect(next.id).toBe(await database.conversation.count());
  const added = await database.seance.create({ data: { title: "Suite", startsAt: NOW, endsAt: NOW } });
  expect(added.id).toBe(41);
  const kinds = await Promise.all([
    ...[database.comment.count(), database.dossierOpinion.count(), database.document.count()],
    ...[database.commentReaction.count(), database.commentMention.count(), database.dossierDecision.count()],
  ]);
  expect(Math.min(...kinds)).toBeGreaterThan(100);
});

test("every state is what the history's steps lead to, and every number follows the one before", async () => {
  const { database } = testDatabase;
  const dossiers = await database.dossier.findMany();
  const changes = await database.recordChange.findMany({ where: { subjectType: "dossier" }, orderBy: { seq: "asc" } });
  const heads = await database.changeHead.findMany();
  for (const { id, state, custom, typeId } of dossiers) {
    const own = changes.filter(({ subjectId }) => subjectId === String(id));
    expect(own.map(({ seq }) => Number(seq))).toEqual(own.map((_, index) => index + 1));
    expect(Number(heads.find(({ stream, key }) => stream === "dossier" && key === String(id))?.seq)).toBe(own.length);
    let reached: string = "nouveau";
    for (const { op, fields } of own) {
      const [from, to] = (fields as { state?: [never, never] }).state ?? [];
      if (from === undefined || to === undefined) continue;
      expect([from, findStep(from, to)?.name]).toEqual([reached, op]);
      reached = to;
    }
    expect(reached).toBe(state);
    const type = DEMO_TYPES[typeId - FIRST_TYPE_ID];
    checkCustomFields(type?.fields ?? [], custom as Record<string, unknown>);
  }
  for (const { id, lastPlace } of await database.conversation.findMany())
    expect([id, heads.find(({ stream, key }) => stream === "messages" && key === String(id))?.seq ?? 0n]).toEqual([
      id,
      lastPlace,
    ]);
  const comments = await database.comment.findMany();
  for (const { stream, key, seq } of heads.filter((head) => head.stream === "comments"))
    expect([
      stream,
      key,
      Math.max(...comments.filter((one) => one.discussion === key).map((one) => Number(one.seq))),
    ]).toEqual([stream, key, Number(seq)]);
});

test("every document has its file, and every picture its thumbnail", async () => {
  const storage = createFileStorage(folder);
  for (const { id, thumbnail } of await testDatabase.database.documentVersion.findMany()) {
    expect(await storage.has(fileKey(id))).toBe(true);
    expect(await storage.has(thumbnailKey(id))).toBe(thumbnail === "ready");
  }
});

test("a large office is made of it: each dossier with five comments, and numbers that go on", async () => {
  const { database } = testDatabase;
  const indexes = async () => (await readIndexes(database)).join("\n");
  const before = await indexes();
  await enlargeBusiness(database, () => undefined, 3_000);
  expect(await indexes(), "indexes are made anew").toBe(before);
  await enlargeBusiness(database, () => undefined, 3_000);
  await expect(enlargeBusiness(database, () => undefined, 4_000)).rejects.toThrow("MGS_DATA_DIR");
  expect(await database.dossier.count()).toBe(3_000);
  expect(await database.comment.count({ where: { discussion: "dossier:2999" } })).toBe(5);
  const head = await database.changeHead.findUnique({
    where: { stream_key: { stream: "comments", key: "dossier:2999" } },
  });
  expect(Number(head?.seq)).toBe(5);
});

async function readIndexes(database: Database): Promise<string[]> {
  const rows = await database.$queryRaw<{ indexdef: string }[]>`
    SELECT indexdef FROM pg_indexes WHERE schemaname = current_schema() ORDER BY indexdef`;
  expect(rows.length).toBeGreaterThan(50);
  return rows.map(({ indexdef }) => indexdef);
}
