import { AppError } from "@mgs/core/errors";
import { ISSUER_PORTAL } from "@mgs/core/portals";
import { readJson, readQuery } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import type { HolidayDto, YearHolidaysDto } from "../contract/holiday";
import type { HolidayRow } from "../holidays.repository";
import {
  confirmYear,
  type HolidaysOfYear,
  listHolidays,
  removeHoliday,
  restoreHoliday,
  saveHoliday,
} from "./edit-holidays";

/** Routes pass input on unparsed: the use case checks the permission before it parses. */
const raw = z.unknown();
const BODY = { kind: "json", maxBytes: 64 * 1024 } as const;
const PORTALS = [ISSUER_PORTAL] as const;
const READ = "calendar:read";
const WRITE = "calendar:write";

/** A day or year in an address is one, or nothing stands there. */
function dayOf(text = ""): string {
  if (!z.iso.date().safeParse(text).success) throw new AppError("NOT_FOUND");
  return text;
}

function yearOf(text = ""): number {
  if (!/^[1-9]\d{3}$/.test(text)) throw new AppError("NOT_FOUND");
  return Number(text);
}

/** Routes of the public holidays, in Administration. */
export const holidayRoutes = [
  {
    method: "GET",
    path: "/api/holidays",
    portals: PORTALS,
    access: "signed-in",
    scope: READ,
    query: "?year=2027",
    handler: async ({ actor, request }, deps) => {
      return ok(toDto(await listHolidays(deps, actor, readQuery(request, raw))));
    },
  },
  {
    method: "PUT",
    path: "/api/holidays/{day}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) => {
      const names = await readJson(request, raw, BODY);
      const isObject = typeof names === "object" && names !== null;
      await saveHoliday(deps, actor, isObject ? { ...names, day: dayOf(params.day) } : names);
      return ok(null);
    },
  },
  {
    method: "DELETE",
    path: "/api/holidays/{day}",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params }, deps) => {
      await removeHoliday(deps, actor, params.day ?? "");
      return ok(null);
    },
  },
  {
    method: "POST",
    path: "/api/holidays/{day}/restore",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    handler: async ({ actor, params }, deps) => ok(toHoliday(await restoreHoliday(deps, actor, params.day ?? ""))),
  },
  {
    method: "POST",
    path: "/api/holiday-years/{year}/confirmation",
    portals: PORTALS,
    access: "signed-in",
    scope: WRITE,
    body: BODY,
    handler: async ({ actor, params, request }, deps) => {
      await confirmYear(deps, actor, yearOf(params.year), await readJson(request, raw, BODY));
      return ok(null);
    },
  },
] as const satisfies readonly Route<PortalDeps>[];

const toHoliday = ({ day, nameFr, nameEn }: HolidayRow): HolidayDto => ({ day, name_fr: nameFr, name_en: nameEn });

function toDto({ year, holidays, deleted, version, confirmedAt, confirmedBy }: HolidaysOfYear): YearHolidaysDto {
  return {
    ...{ year, version },
    holidays: holidays.map(toHoliday),
    deleted: deleted.map((row) => ({ ...toHoliday(row), deleted_at: row.deletedAt.toISOString() })),
    confirmed_at: confirmedAt?.toISOString() ?? null,
    confirmed_by: confirmedBy,
  };
}
