import { requireUser } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { readJson } from "@mgs/http/body";
import { ok } from "@mgs/http/envelope";
import type { Route } from "@mgs/http/route";
import type { PortalDeps } from "@mgs/module/portal-deps";
import { peopleRoutes } from "./people/people-routes";
import { importRoutes } from "./people-imports/import-routes";
import { preferenceCookies } from "./preference-cookies";
import { searchUsers } from "./search-users";
import { wasSignedOut } from "./sessions/was-signed-out";
import { preferencesInput, updatePreferences } from "./update-preferences";
import { findUser } from "./users.repository";

const MAX_BODY_BYTES = 64 * 1_024;

/** Routes about people and oneself, the same in every portal, and those of Administration about all accounts. */
export const identityRoutes = [
  {
    method: "GET",
    path: "/api/users",
    access: "signed-in",
    scope: "users:read",
    handler: async ({ actor, request }, deps) => {
      const search = new URL(request.url).searchParams.get("search") ?? "";
      return ok(await searchUsers(deps, actor, search));
    },
  },
  {
    method: "GET",
    path: "/api/me",
    access: "signed-in",
    scope: "profile",
    handler: async ({ actor, request }, { database }) => {
      const { userId, scopes } = requireUser(actor);
      const session = new URL(request.url).searchParams.get("session");
      const [user, signedOut] = await Promise.all([
        findUser(database, userId),
        session === null ? null : wasSignedOut(database, userId, session),
      ]);
      if (!user) throw new AppError("USER_NOT_FOUND");
      const { id, name, email, role, locale, theme, timeZone } = user;
      const person = { id, name, role, role_name: user.roleNames[locale] };
      const me = { ...person, locale, theme, time_zone: timeZone, ...(scopes.includes("email") ? { email } : {}) };
      return ok(signedOut === null ? me : { ...me, signed_out: signedOut });
    },
  },
  {
    method: "PATCH",
    path: "/api/me",
    access: "signed-in",
    scope: "profile:write",
    body: { kind: "json", maxBytes: MAX_BODY_BYTES },
    handler: async ({ actor, request }, deps) => {
      requireUser(actor);
      const saved = await updatePreferences(deps, actor, await readJson(request, preferencesInput));
      const response = ok(saved);
      for (const cookie of preferenceCookies(saved, deps.ownOrigin)) response.headers.append("set-cookie", cookie);
      return response;
    },
  },
  ...peopleRoutes,
  ...importRoutes,
] as const satisfies readonly Route<PortalDeps>[];
