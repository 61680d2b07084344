import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { defineModule } from "@mgs/module/module";
import { consolePermissions } from "./permissions";

/** The console: its permission, its pages and their services. */
export const consoleModule = defineModule({
  name: "console",
  permissions: consolePermissions.table,
  navigation: async () => (await import("./navigation")).consoleNavigation,
  createServices: ({ redisUrl }) => ({ queueMonitor: createQueueMonitor(redisUrl) }),
});
