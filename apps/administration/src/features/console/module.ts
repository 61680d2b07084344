import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { defineModule } from "@mgs/module/module";
import { consolePermissions } from "./permissions";

/** What the console's pages work with. */
export const consoleModule = defineModule({
  name: "console",
  permissions: consolePermissions.table,
  navigation: async () => (await import("./navigation")).consoleNavigation,
  createServices: ({ redisUrl }) => ({ queueMonitor: createQueueMonitor(redisUrl) }),
});
