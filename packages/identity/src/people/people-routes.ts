import { AppError } from "@mgs/core/errors";
import type { Locale } from "@mgs/core/locale";
import { proofPath } from "@mgs/core/portal-links";
import { readQuery } from "@mgs/http/body";
import { csvAnswer } from "@mgs/http/csv/write-csv";
import { ok } from "@mgs/http/envelope";
import { isNavigation } from "@mgs/http/form-page";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { z } from "zod";
import { peopleListPath } from "../links";
import { servePeople } from "./list-people";
import type { Person } from "./person-dto";

/** Routes pass input on unparsed: the use case checks the permission before it parses. */
const raw = z.unknown();

/** Routes of Administration about all accounts. */
export const peopleRoutes = [
  {
    method: "GET",
    path: "/api/people",
    portals: ["administration"],
    access: "signed-in",
    scope: "people:read",
    programs: true,
    handler: async ({ actor, request, locale }, deps) => {
      const { items, ...page } = await servePeople(deps, actor, readQuery(request, raw));
      return ok({ items: items.map((person) => toListedPerson(person, locale)), ...page });
    },
  },
  {
    method: "GET",
    path: "/api/people/export",
    portals: ["administration"],
    access: "signed-in",
    // The permission admits people at work in Administration alone, whatever a token's scopes are.
    scope: "profile",
    handler: async ({ actor, request }, deps) => {
      const query = Object.fromEntries(new URL(request.url).searchParams);
      const { exportPeople, PEOPLE_COLUMNS } = await import("./export-people");
      try {
        const { rows, bom } = await exportPeople(deps, actor, query);
        const day = deps.clock.now().toISOString().slice(0, 10);
        return csvAnswer(`personnes-${day}`, PEOPLE_COLUMNS, rows, { bom });
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== "PROOF_REQUIRED" || !isNavigation(request)) throw error;
        // A person who follows the link proves who they are, and comes back to the page with its filters.
        const { bom: _, ...filter } = query;
        return new Response(null, { status: 303, headers: { location: proofPath(peopleListPath(filter)) } });
      }
    },
  },
] as const satisfies readonly Route<PortalDeps>[];

/** A person as the API shows them, their role with its name in the caller's language. */
export type ListedPerson = Omit<Person, "role_names" | "version"> & { role_name: string };

function toListedPerson({ role_names, version: _, ...person }: Person, locale: Locale): ListedPerson {
  return { ...person, role_name: role_names[locale] };
}
