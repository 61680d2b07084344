import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { listComments } from "@mgs/comments/record/list-comments";
import type { UserActor } from "@mgs/core/actor";
import { systemClock } from "@mgs/core/clock";
import { PORTAL_SCOPES } from "@mgs/core/scopes";
import { createDatabase, type Database } from "@mgs/db/client";
import { createFileStorage } from "@mgs/documents/storage/file-storage";
import { readBoard } from "@mgs/dossiers/board/read-board";
import { readCalendar } from "@mgs/dossiers/calendar/read-calendar";
import type { DossierDeps } from "@mgs/dossiers/deps";
import { readFigures } from "@mgs/dossiers/figures/read-figures";
import { listDossiers } from "@mgs/dossiers/record/list-dossiers";
import { dossierSubject } from "@mgs/dossiers/subjects";
import { writeCursor } from "@mgs/records/lists/cursor";
import { enlargeBusiness, LARGE_DOSSIER_COUNT, seedBusiness } from "../../tooling/src/seed/business/seed-business";
import { seedPeople } from "../../tooling/src/seed/seed-people";
import { type LookUp, measureScale } from "../scale";
import type { Suite } from "../suite";

const SMALL_DOSSIER_COUNT = 10_000;
const QUICK_COUNTS = { small: 1_000, large: 3_000 };
/** A dossier of the copies, in both databases: it has five comments. */
const DOSSIER = "777";
/** A type of the demonstration: a new installation has three of its own. */
const TYPE = "4";

const personOf = (userId: number, role: string): UserActor => ({
  ...{ kind: "user", userId, role, locale: "fr", scopes: PORTAL_SCOPES, portals: ["gestion-dossier"] },
  ...{ userSessionId: "019ac000-0000-7000-8000-000000000000", clientId: "gestion-dossier" },
});
const ADMINISTRATOR = personOf(1, "administrateur");
/** Sees only the dossiers that they have opened, follow or were given. */
const CLERK = personOf(9, "commercial");

const depsOf = (database: Database): DossierDeps => ({
  database,
  clock: systemClock,
  portal: "gestion-dossier",
  portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
  enqueuer: { enqueue: async () => true, close: async () => undefined },
});

type Query = Readonly<Record<string, string>>;

const list =
  (input: Query, actor = ADMINISTRATOR): LookUp["run"] =>
  async (database) =>
    (await listDossiers(depsOf(database), actor, input)).items;

const board =
  (input: Query, actor = ADMINISTRATOR): LookUp["run"] =>
  async (database) =>
    (await readBoard(depsOf(database), actor, input)).flatMap(({ items }) => items);

const figures =
  (actor: UserActor): LookUp["run"] =>
  async (database) => [await readFigures(depsOf(database), actor)];

const LOOK_UPS: readonly LookUp[] = [
  { what: "dossiers as the list opens", run: list({}) },
  { what: "dossiers, the oldest first", run: list({ sort: "opened" }) },
  { what: "dossiers, a page in the middle", run: list({ after: writeCursor(["5000", "5000"]) }) },
  { what: "dossiers by due date", run: list({ sort: "due" }) },
  { what: "dossiers by change", run: list({ sort: "-updated" }) },
  { what: "dossiers by priority", run: list({ sort: "-priority" }) },
  { what: "dossiers of a state", run: list({ state: "rejete" }) },
  { what: "open dossiers of nobody, by due date", run: list({ assignee: "nobody", open: "true", sort: "due" }) },
  { what: "overdue dossiers, by due date", run: list({ overdue: "true", sort: "due" }) },
  { what: "dossiers with a common word", run: list({ search: "permis" }) },
  { what: "dossiers with two half-common words", run: list({ search: "facture vanille" }) },
  { what: "dossiers with a word of one", run: list({ search: DOSSIER }) },
  { what: "dossiers with a tag", run: list({ tag: "cyclone" }) },
  { what: "open dossiers of a type, by due date", run: list({ type: TYPE, open: "true", sort: "due" }) },
  { what: "open urgent dossiers, by due date", run: list({ priority: "urgente", open: "true", sort: "due" }) },
  { what: "dossiers of an assignee", run: list({ assignee: "3" }) },
  { what: "dossiers that a clerk sees", run: list({}, CLERK) },
  { what: "dossiers that a clerk sees, by due date", run: list({ sort: "due" }, CLERK) },
  { what: "the board", run: board({}) },
  { what: "the board with a common word", run: board({ search: "permis" }) },
  { what: "the board of a type", run: board({ type: TYPE }) },
  { what: "the board of an assignee", run: board({ assignee: "3" }) },
  { what: "the board that a clerk sees", run: board({}, CLERK) },
  {
    what: "the calendar of a month",
    run: async (database) => (await readCalendar(depsOf(database), ADMINISTRATOR, {})).days,
  },
  {
    what: "the comments of a dossier",
    run: async (database) =>
      (await listComments({ database }, ADMINISTRATOR, dossierSubject, DOSSIER, { page: "1", limit: "50" })).comments,
  },
  { what: "the dashboard's figures", run: figures(ADMINISTRATOR) },
  { what: "the figures that a clerk sees", run: figures(CLERK) },
];

/**
 * Measures list, search, board and comments of the large office that `npm run seed -- --size large` makes, beside one of 10,000 dossiers made in
 * the same way.
 */
export const dossiers: Suite = (world, effort) =>
  measureScale(world, effort, "dossiers", fillOffice, LOOK_UPS, {
    rowCounts: effort.quick ? QUICK_COUNTS : { small: SMALL_DOSSIER_COUNT, large: LARGE_DOSSIER_COUNT },
    largeUrl: effort.officeUrl,
  });

async function fillOffice(_: unknown, rowCount: number, url: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "mgs-bench-office-"));
  const database = createDatabase(url, 2);
  try {
    await seedPeople(database);
    await seedBusiness(database, createFileStorage(folder), new Date());
    await enlargeBusiness(database, (text) => process.stderr.write(`  ${text}\n`), rowCount);
  } finally {
    await database.$disconnect();
    rmSync(folder, { recursive: true, force: true });
  }
}
