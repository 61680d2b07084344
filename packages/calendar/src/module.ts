import { defineModule } from "@mgs/module/module";
import { handle } from "@mgs/module/outbox";
import { holidayRoutes } from "./holidays/holiday-routes";
import { holidaysSchedule } from "./holidays/seed-holidays";
import { absenceChanged, holidaysUnconfirmed } from "./outbox-kinds";
import { calendarPermissions } from "./permissions";
import { CALENDAR_RETENTION } from "./retention";
import { calendarRoutes } from "./routes";
import { calendarTexts } from "./texts";

/** Working days, holidays, and who stands in for whom. */
export const calendar = defineModule({
  name: "calendar",
  tables: ["holidays", "holiday_years", "absences"],
  texts: calendarTexts,
  permissions: calendarPermissions.table,
  navigation: async () => (await import("./navigation")).calendarNavigation,
  routes: [...calendarRoutes, ...holidayRoutes],
  openApi: async () => ({
    ...(await import("./routes.openapi")).calendarOpenApi,
    ...(await import("./holidays/holiday-routes.openapi")).holidayOpenApi,
  }),
  outbox: [
    handle(absenceChanged, async () => (await import("./absences/tell-absence")).tellAbsence),
    handle(holidaysUnconfirmed, async () => (await import("./holidays/remind-administrators")).remindAdministrators),
  ],
  schedules: [holidaysSchedule],
  retention: CALENDAR_RETENTION,
});
