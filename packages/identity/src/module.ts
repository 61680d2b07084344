import { defineModule } from "@mgs/module/module";
import { identityChannels } from "./channels";
import { identityPermissions } from "./permissions";
import { identityRoutes } from "./routes";

/** People, their devices and sign-ins, and the programs that act for them. */
export const identity = defineModule({
  name: "identity",
  routes: identityRoutes,
  channels: identityChannels,
  permissions: identityPermissions.table,
});
