import { findWorkingDay } from "@mgs/calendar/holidays.repository";
import { type Actor, requireScope, requireUser } from "@mgs/core/actor";
import { namesOf } from "@mgs/identity/users/name-of";
import { countRows } from "@mgs/records/lists/lists.repository";
import { gatheredDossiers, visibleDossiers } from "../access.repository";
import { AGE_NAMES, type DossierFigures, type FigureQuery, MAX_COUNTED } from "../contract/figures";
import { DOSSIER_TIME_ZONE, type DossierDeps, todayOf } from "../deps";
import { dossierQuery, ROLE_PREFIX } from "../dossier-filter";
import { dossierList } from "../dossiers.repository";
import { WARNING_WORKING_DAYS } from "../due/tell-due";
import { readAskedNames } from "../opinions/asked-names";
import { queryOf } from "../record/list-dossiers";
import { readAwaited } from "./awaited.repository";
import { readDecisions, readWaiting } from "./figures.repository";

const MAX_PEOPLE = 10;
const WEEKS = 12;
/** Days since the opening at which an age ends; the last has none. */
const AGE_DAYS = [7, 30, 90, 180] as const;

/**
 * The figures of the dossiers that an actor sees. Each is counted by the filters of its list, up to a limit, so that the list it leads to has
 * as many rows, and a million dossiers cost no more than ten thousand.
 * @throws AppError FORBIDDEN, INSUFFICIENT_SCOPE
 */
export async function readFigures(deps: DossierDeps, actor: Actor): Promise<DossierFigures> {
  requireScope(actor, "dossiers:read");
  const user = requireUser(actor);
  const { database } = deps;
  const today = todayOf(deps.clock);
  const visible = visibleDossiers(actor);
  const count = (query: FigureQuery) => {
    const { sort: _sort, after: _after, before: _before, limit: _limit, ...filter } = dossierQuery.parse(query);
    return countRows(database, dossierList, queryOf(actor, filter, today), MAX_COUNTED);
  };
  const figure = async <Name extends string>(name: Name, query: FigureQuery) => ({
    name,
    count: await count(query),
    query,
  });
  const dayAfter = Temporal.PlainDate.from(await findWorkingDay(database, today, WARNING_WORKING_DAYS)).add({
    days: 1,
  });
  const { dayOfWeek } = Temporal.PlainDate.from(today);
  const monday = Temporal.PlainDate.from(today)
    .subtract({ days: dayOfWeek - 1 })
    .toString();
  const most = { people: MAX_PEOPLE, limit: MAX_COUNTED };
  const [mine, waiting, awaited, ages, decisions] = await Promise.all([
    Promise.all([
      figure("open", { open: "true", assignee: "me" }),
      figure("overdue", { open: "true", assignee: "me", overdue: "true" }),
      figure("due-soon", { open: "true", assignee: "me", due_from: today, due_before: dayAfter.toString() }),
      figure("opinions", { asked: "me" }),
    ]),
    readWaiting(database, gatheredDossiers(actor), today, most),
    readAwaited(database, visible, today, most),
    Promise.all(AGE_NAMES.map((name, place) => figure(name, { open: "true", ...ageQuery(place, today) }))),
    readDecisions(database, visible, { monday, weeks: WEEKS, zone: DOSSIER_TIME_ZONE, limit: MAX_COUNTED }),
  ]);
  const [names, askedOf] = await Promise.all([
    namesOf(
      database,
      waiting.map(({ assigneeId }) => assigneeId),
    ),
    readAskedNames(database, user.locale, awaited),
  ]);
  return {
    ...{ mine, ages },
    waiting: waiting.map(({ assigneeId, open, overdue }) => {
      const query = { open: "true", assignee: assigneeId === null ? "nobody" : String(assigneeId) };
      return {
        assignee: assigneeId === null ? null : { id: assigneeId, name: names.get(assigneeId) ?? `${assigneeId}` },
        open: { count: open, query },
        overdue: { count: overdue, query: { ...query, overdue: "true" } },
      };
    }),
    opinions: awaited.map(({ open, overdue, ...row }) => {
      const asked = askedOf(row);
      const query = { asked: asked.kind === "person" ? String(asked.id) : `${ROLE_PREFIX}${asked.slug}` };
      return {
        asked,
        open: { count: open, query },
        overdue: { count: overdue, query: { ...query, asked_overdue: "true" } },
      };
    }),
    decisions: decisions.map(({ week, valide, rejete }) => {
      const query = { decided_from: week, decided_before: Temporal.PlainDate.from(week).add({ days: 7 }).toString() };
      return {
        ...{ week, query },
        valide: { count: valide, query: { ...query, decision: "valide" } },
        rejete: { count: rejete, query: { ...query, decision: "rejete" } },
      };
    }),
  };
}

/** The days on which dossiers of an age were opened. */
function ageQuery(place: number, today: string): FigureQuery {
  const daysAgo = (days: number) => Temporal.PlainDate.from(today).subtract({ days }).toString();
  const [younger, older] = [AGE_DAYS[place - 1], AGE_DAYS[place]];
  return {
    ...(older === undefined ? {} : { opened_from: daysAgo(older - 1) }),
    ...(younger === undefined ? {} : { opened_before: daysAgo(younger - 1) }),
  };
}
