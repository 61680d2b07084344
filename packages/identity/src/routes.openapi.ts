import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { roleSlug as role, roleName } from "./openapi-schemas";
import { peopleOpenApi } from "./people/people-routes.openapi";
import { importOpenApi } from "./people-imports/import-routes.openapi";
import type { identityRoutes } from "./routes";
import { MAX_RESULTS, searchQuery, type UserSummary } from "./search-users";
import { preferencesInput } from "./update-preferences";

const PEOPLE = { name: "people" };

const locale = preferencesInput.shape.locale.unwrap().register(z.globalRegistry, { id: "Locale" });
const theme = preferencesInput.shape.theme.unwrap().register(z.globalRegistry, { id: "Theme" });
const TIME_ZONE = {
  description:
    "IANA name of the zone that the person's times are written in, in its canonical spelling; null follows their browser",
  examples: ["Indian/Antananarivo"],
};
const timeZone = z
  .string()
  .nullable()
  .meta({ id: "TimeZone", ...TIME_ZONE });
// Examples in an override: of a schema that transforms its input, zod takes them for examples of its output.
preferencesInput.shape.time_zone.register(z.globalRegistry, { override: TIME_ZONE });
preferencesInput.register(z.globalRegistry, { minProperties: 1 });
searchQuery.shape.search.register(z.globalRegistry, {
  param: { description: "Empty for the first of all, by name" },
});

const userSummary = z
  .object({ id: z.int(), name: z.string(), email: z.email(), role, role_name: roleName })
  .meta({ id: "UserSummary" }) satisfies z.ZodType<UserSummary>;

const preferences = { locale, theme, time_zone: timeZone };

const me = z
  .object({
    id: z.int(),
    email: z.email().optional().meta({ description: "With the scope `email`" }),
    name: z.string(),
    role,
    role_name: roleName,
    ...preferences,
    signed_out: z.boolean().optional().meta({ description: "Only where `session` asks for it" }),
  })
  .meta({ id: "Me" });

export const identityOpenApi: DocsOfRoutes<typeof identityRoutes> = {
  "GET /api/users": {
    tag: PEOPLE,
    id: "searchUsers",
    summary: `Active colleagues whose name or address contains every word, at most ${MAX_RESULTS}`,
    query: searchQuery,
    answers: { 200: { description: "People by name", data: z.array(userSummary).max(MAX_RESULTS) } },
    refusals: { VALIDATION_ERROR: true },
  },
  "GET /api/me": {
    tag: PEOPLE,
    id: "getMe",
    summary: "The caller",
    query: z.object({
      session: z
        .uuid()
        .optional()
        .meta({
          param: {
            description:
              "Id of one of the caller's own sign-ins. The answer then tells by `signed_out` whether they ended it themself, or it " +
              "is not known any more.\n",
          },
        }),
    }),
    answers: { 200: { description: "The person", data: me } },
    refusals: { USER_NOT_FOUND: "the person was deleted while the call was on its way" },
  },
  "PATCH /api/me": {
    tag: PEOPLE,
    id: "updateMe",
    summary: "Change one's language, theme or time zone, for every portal and device",
    body: { schema: preferencesInput },
    answers: {
      200: {
        description: "Saved; cookies remember language and theme for the time before sign-in",
        data: z.object(preferences),
      },
    },
  },
  ...peopleOpenApi,
  ...importOpenApi,
};
