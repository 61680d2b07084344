import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { defineModule } from "@mgs/module/module";
import { consolePermissions } from "./permissions";

/** The console: its permission and the services of its pages. */
export const consoleModule = defineModule({
  name: "console",
  permissions: consolePermissions.table,
  createServices: ({ redisUrl }) => ({ queueMonitor: createQueueMonitor(redisUrl) }),
});
