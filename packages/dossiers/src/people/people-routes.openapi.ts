import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import type { DossierPeopleDto } from "../contract/people";
import { ACCESS_REASONS } from "../contract/rules";
import { accessInput } from "./change-access";
import type { peopleRoutes } from "./people-routes";

const tag = { name: "dossiers" };
const params = z.object({ id: z.string() });
const refusals = { DOSSIER_NOT_FOUND: "none with this id, or none for the caller" } as const;

const peopleAnswer = z
  .object({
    people: z.array(
      z.object({
        id: z.int(),
        name: z.string(),
        reasons: z.array(z.enum(ACCESS_REASONS)),
        since: z.iso.datetime(),
      }),
    ),
    roles: z.array(z.object({ slug: z.string(), name: z.string(), reason: z.enum(["asked", "read-all"]) })),
    following: z.boolean().meta({ description: "Whether the caller hears of what happens to it" }),
    may: z.object({ grant: z.boolean() }),
  })
  .meta({ id: "DossierPeople" }) satisfies z.ZodType<DossierPeopleDto>;
const answers = { 200: { description: "Who sees it, and why", data: peopleAnswer } };

export const peopleOpenApi: DocsOfRoutes<typeof peopleRoutes> = {
  "GET /api/dossiers/{id}/people": {
    ...{ tag, id: "listDossierPeople", summary: "Who sees a dossier, and why" },
    ...{ params, answers, refusals },
  },
  "POST /api/dossiers/{id}/people": {
    ...{ tag, id: "giveDossierAccess", summary: "Give somebody access who does not see it" },
    ...{ params, answers, refusals },
    body: { schema: accessInput, example: { user_id: 3 } },
  },
  "DELETE /api/dossiers/{id}/people/{userId}": {
    ...{ tag, id: "takeDossierAccess", summary: "Take the access away that was given to somebody" },
    description:
      "Somebody who has no access, or whose access comes from their work on it, stays as they are: it answers 200.",
    ...{ params: z.object({ id: z.string(), userId: z.string() }), answers },
    refusals: { ...refusals, USER_NOT_FOUND: "nobody has this id" },
  },
  "POST /api/dossiers/{id}/follow": {
    ...{ tag, id: "followDossier", summary: "Follow a dossier" },
    ...{ params, answers, refusals },
  },
  "DELETE /api/dossiers/{id}/follow": {
    ...{ tag, id: "unfollowDossier", summary: "Follow a dossier no more; nobody loses sight of it by that" },
    ...{ params, answers, refusals },
  },
};
