import { defineModule } from "@mgs/module/module";
import { journalRoutes } from "./routes";

/** The audit trail as people read it: its export, and the words of its events. */
export const journal = defineModule({
  name: "journal",
  routes: journalRoutes,
  openApi: async () => (await import("./routes.openapi")).journalOpenApi,
});
