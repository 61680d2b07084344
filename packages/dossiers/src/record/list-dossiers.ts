import { type Actor, requireScope } from "@mgs/core/actor";
import { validate } from "@mgs/core/validate";
import type { ListQuery } from "@mgs/records/lists/list";
import { readPage } from "@mgs/records/lists/read-page";
import type { z } from "zod";
import { gatheredDossiers, visibleDossiers } from "../access.repository";
import type { DossierSummary } from "../contract/dossier";
import { REFERENCE_PATTERN } from "../contract/rules";
import { DOSSIER_PORTAL, type DossierDeps, todayOf } from "../deps";
import { findNames, toSummary } from "../dossier-dto";
import { type DossierFilter, dossierQuery, ROLE_PREFIX } from "../dossier-filter";
import { type DossierRow, dossierList, readDossierRows } from "../dossiers.repository";

export type DossierPage = { items: DossierSummary[]; previous: string | null; next: string | null };

/**
 * One page of the dossiers that pass the filter and that the actor sees. Pages go on from a value, so the last costs what the first does.
 * @throws AppError INSUFFICIENT_SCOPE, VALIDATION_ERROR
 */
export async function listDossiers(deps: DossierDeps, actor: Actor, input: unknown): Promise<DossierPage> {
  requireScope(actor, "dossiers:read");
  const { sort, after, before, limit, ...query } = validate(dossierQuery, input);
  const { ids, previous, next } = await readPage(
    deps.database,
    dossierList,
    queryOf(actor, query, todayOf(deps.clock)),
    {
      sort,
      after,
      before,
      limit,
    },
  );
  return { items: await readSummaries(deps, actor, ids.map(Number)), previous, next };
}

/** Reads dossiers as lists show them, in the order of the ids, which a list of what the actor sees has found. */
export async function readSummaries(
  deps: Pick<DossierDeps, "database" | "clock" | "portalUrls">,
  actor: Actor,
  ids: readonly number[],
): Promise<DossierSummary[]> {
  const rows = await readDossierRows(deps.database, ids);
  const reading = await readingOf(deps, actor, rows);
  return rows.map((row) => toSummary(row, reading));
}

/** What else the texts of these dossiers depend on, for one reader. */
export async function readingOf(
  deps: Pick<DossierDeps, "database" | "clock" | "portalUrls">,
  actor: Actor,
  rows: readonly DossierRow[],
) {
  return {
    locale: actor.kind === "user" ? actor.locale : ("fr" as const),
    names: await findNames(deps.database, rows),
    today: todayOf(deps.clock),
    origin: deps.portalUrls[DOSSIER_PORTAL],
  };
}

/**
 * What a caller asks for, narrowed to what they see. Pages, exports, counts and bulk acts all begin here.
 * @param today `2026-11-30`, in Madagascar
 */
export function queryOf(
  actor: Actor,
  query: Omit<z.output<typeof dossierQuery>, "sort" | "after" | "before" | "limit">,
  today: string,
): ListQuery<DossierFilter> {
  const { search, assignee, overdue, due_from, due_before, ...others } = query;
  const { opened_from, opened_before, decided_from, decided_before, decision, asked, asked_overdue, ...filter } =
    others;
  const me = actor.kind === "user" ? actor.userId : undefined;
  const before = overdue && (due_before === undefined || due_before > today) ? today : due_before;
  // A search for a whole reference is one for that dossier: as words, its year alone would be those of all others too.
  const reference = search?.trim().toUpperCase();
  const isReference = reference !== undefined && REFERENCE_PATTERN.test(reference);
  return {
    // A program has no work of its own: nothing is assigned to it.
    filter: {
      ...filter,
      ...(isReference ? { reference } : {}),
      assignee: assignee === "me" ? (me ?? 0) : assignee,
      due: daysOf(due_from, before),
      opened: daysOf(opened_from, opened_before),
      decided: decision
        ? { from: decided_from, before: decided_before, outcome: decision }
        : daysOf(decided_from, decided_before),
      asked:
        asked === undefined && !asked_overdue
          ? undefined
          : { ...askedOf(actor, asked), dueBefore: asked_overdue ? today : undefined },
    },
    search: isReference ? undefined : search,
    visible: NARROW_FILTERS.some((name) => query[name] !== undefined)
      ? visibleDossiers(actor)
      : gatheredDossiers(actor),
  };
}

/** Filters that may leave fewer dossiers than somebody sees, and have an index: PostgreSQL chooses which of the two it begins with. */
const NARROW_FILTERS = [
  ...(["search", "assignee", "tag", "origin", "asked", "asked_overdue"] as const),
  ...(["decision", "decided_from", "decided_before"] as const),
] as const;

/** Of whom an opinion is waited for. A person's are those of their role as well; a program is asked for none. */
function askedOf(actor: Actor, asked: z.output<typeof dossierQuery>["asked"]): { userId?: number; role?: string } {
  if (asked === undefined) return {};
  if (typeof asked === "number") return { userId: asked };
  if (asked !== "me") return { role: asked.slice(ROLE_PREFIX.length) };
  return actor.kind === "user" ? { userId: actor.userId, role: actor.role } : { userId: 0 };
}

const daysOf = (from: string | undefined, before: string | undefined) =>
  from === undefined && before === undefined ? undefined : { from, before };
