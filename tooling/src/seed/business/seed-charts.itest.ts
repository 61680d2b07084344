import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { createFileStorage } from "@mgs/documents/storage/file-storage";
import { readBoard } from "@mgs/dossiers/board/read-board";
import { readCalendar } from "@mgs/dossiers/calendar/read-calendar";
import type { DossierDeps } from "@mgs/dossiers/deps";
import { readFigures } from "@mgs/dossiers/figures/read-figures";
import { actorOf, staffDeps } from "@mgs/identity/testing/staff";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { seedPeople } from "../seed-people";
import { seedBusiness } from "./seed-business";
import { ADMINISTRATOR, CLAIRE } from "./staff";

let testDatabase: TestDatabase;
let folder: string;
beforeEach(async () => {
  [testDatabase, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), "mgs-charts-"))]);
});
afterEach(() => Promise.all([testDatabase.drop(), rm(folder, { recursive: true })]));

/** Figures of a chart or column that are empty, by name. */
const emptyOf = (figures: readonly { name: string; count: number }[]) =>
  figures.filter(({ count }) => count === 0).map(({ name }) => name);

describe.each(["2026-11-30T05:10:00Z", "2026-11-28T09:00:00Z", "2028-02-29T12:00:00Z", "2026-12-31T20:30:00Z"])(
  "the demonstration of %s",
  (time) => {
    test("fills every chart, column and month of the portal, for its administrator and for Claire", {
      timeout: 180_000,
    }, async () => {
      const now = new Date(time);
      const { database } = testDatabase;
      await seedPeople(database);
      await seedBusiness(database, createFileStorage(folder), now);
      const deps: DossierDeps = {
        ...staffDeps(database),
        portal: "gestion-dossier",
        portalUrls: {
          administration: "http://a.test",
          commercial: "http://c.test",
          "gestion-dossier": "http://g.test",
        },
        clock: { now: () => now },
      };
      for (const person of [ADMINISTRATOR, CLAIRE]) {
        const actor = await actorOf(database, person);
        const { mine, ages, waiting, opinions, decisions } = await readFigures(deps, actor);
        expect(emptyOf(ages), "ages of open dossiers").toEqual([]);
        expect(waiting.filter(({ open }) => open.count > 0).length, "who is waited for").toBeGreaterThan(3);
        expect(waiting.filter(({ overdue }) => overdue.count > 0).length, "who is late").toBeGreaterThan(1);
        expect(opinions.filter(({ open }) => open.count > 0).length, "of whom opinions are waited for").toBeGreaterThan(
          1,
        );
        const decided = emptyOf(
          decisions.map(({ week, valide, rejete }) => ({ name: week, count: valide.count + rejete.count })),
        );
        // On a Monday morning nobody has decided anything this week.
        expect(decided.filter((week) => week !== decisions.at(-1)?.week)).toEqual([]);
        if (person === CLAIRE) expect(emptyOf(mine), "what Claire has to do").toEqual([]);
        const columns = await readBoard(deps, actor, {});
        expect(emptyOf(columns.map(({ state, count }) => ({ name: state, count }))), "columns").toEqual([]);
        const { days } = await readCalendar(deps, actor, {});
        expect(days.filter(({ count }) => count > 0).length, "days with due dates").toBeGreaterThan(5);
      }
    });
  },
);
