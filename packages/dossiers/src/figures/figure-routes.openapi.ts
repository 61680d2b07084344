import type { DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import { AGE_NAMES, type DossierFigures } from "../contract/figures";
import { askedAnswer } from "../opinions/opinion-routes.openapi";
import type { figureRoutes } from "./figure-routes";

const query = z
  .record(z.string(), z.string())
  .meta({ description: "The filters of the list that it is the length of" });
const count = z.int().meta({ description: "1,000 stands for as many or more" });

const counted = z.object({ count, query });

const figuresAnswer = z
  .object({
    mine: z.array(z.object({ name: z.enum(["open", "overdue", "due-soon", "opinions"]), count, query })),
    waiting: z.array(
      z.object({
        assignee: z.object({ id: z.int(), name: z.string() }).nullable(),
        open: counted,
        overdue: counted,
      }),
    ),
    opinions: z
      .array(z.object({ asked: askedAnswer, open: counted, overdue: counted }))
      .meta({ description: "Dossiers on which an opinion is waited for, by who is asked" }),
    ages: z.array(z.object({ name: z.enum(AGE_NAMES), count, query })),
    decisions: z
      .array(z.object({ week: z.iso.date(), query, valide: counted, rejete: counted }))
      .meta({ description: "Dossiers decided in a week, each outcome with its own list; `query` is for both" }),
  })
  .meta({ id: "DossierFigures" }) satisfies z.ZodType<DossierFigures>;

export const figureOpenApi: DocsOfRoutes<typeof figureRoutes> = {
  "GET /api/dossiers/figures": {
    tag: { name: "dossiers" },
    id: "readDossierFigures",
    summary:
      "Figures of the dossiers that the caller sees: their work, who has what in hand, awaited opinions, ages, decisions by week",
    answers: { 200: { description: "The figures", data: figuresAnswer } },
  },
};
