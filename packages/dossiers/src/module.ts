import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { calendarRoutes } from "./calendar/calendar-routes";
import { choiceRoutes } from "./choices/choice-routes";
import { dueSchedule } from "./due/tell-due";
import { figureRoutes } from "./figures/figure-routes";
import { askedOpinions, openDossiers } from "./leaving/holdings";
import { dossierAccess, seanceAccess } from "./leaving/subject-access";
import type { OpinionPorts } from "./opinions/opinion-ports";
import { opinionRoutes } from "./opinions/opinion-routes";
import { dossierNotice } from "./outbox-kinds";
import { peopleRoutes } from "./people/people-routes";
import { dossierPermissions } from "./permissions";
import { pieceRoutes } from "./pieces/piece-routes";
import { DOSSIER_RETENTION } from "./retention";
import { dossierRoutes } from "./routes";
import { seanceNotice } from "./seances/seance-notices";
import { seanceRoutes } from "./seances/seance-routes";
import { typeRoutes } from "./types/type-routes";

/** What the composition supplies. */
export type DossierPorts = OpinionPorts;

/** Dossiers: case files with their checklist, opinions and decisions, and the sessions ("séances") about them. */
export const dossierModule = (ports: DossierPorts) =>
  defineModule({
    name: "dossiers",
    tables: [
      "dossier_types",
      "dossier_numbers",
      "dossiers",
      "dossier_people",
      "dossier_pieces",
      "dossier_opinions",
      "dossier_decisions",
      "seances",
      "seance_participants",
      "seance_substitutes",
    ],
    permissions: dossierPermissions.table,
    palette: async () => (await import("./palette")).dossierPalette,
    routes: [
      ...dossierRoutes,
      ...figureRoutes,
      ...calendarRoutes,
      ...choiceRoutes,
      ...pieceRoutes,
      ...opinionRoutes(ports),
      ...peopleRoutes,
      ...typeRoutes,
      ...seanceRoutes,
    ],
    openApi: async () => ({
      ...(await import("./routes.openapi")).dossierOpenApi,
      ...(await import("./figures/figure-routes.openapi")).figureOpenApi,
      ...(await import("./calendar/calendar-routes.openapi")).calendarOpenApi,
      ...(await import("./choices/choice-routes.openapi")).choiceOpenApi,
      ...(await import("./pieces/piece-routes.openapi")).pieceOpenApi,
      ...(await import("./opinions/opinion-routes.openapi")).opinionOpenApi,
      ...(await import("./people/people-routes.openapi")).peopleOpenApi,
      ...(await import("./types/type-routes.openapi")).typeOpenApi,
      ...(await import("./seances/seance-routes.openapi")).seanceOpenApi,
    }),
    retention: DOSSIER_RETENTION,
    navigation: async () => (await import("./navigation")).dossierNavigation,
    holdings: [openDossiers, askedOpinions],
    subjects: [dossierAccess, seanceAccess],
    schedules: [dueSchedule],
    outbox: [
      handle(dossierNotice, async () => (await import("./notices/tell-dossier-notice")).tellDossierNotice),
      handle(seanceNotice, async () => (await import("./seances/tell-seance-notice")).tellSeanceNotice),
    ],
  });

/** The domain without ports. */
export const dossiers = dossierModule({});
