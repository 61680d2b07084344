import { createQueueMonitor } from "@mgs/jobs/admin/queue-monitor";
import { defineModule } from "@mgs/module/module";

/** What the console's pages work with. */
export const consoleModule = defineModule({
  name: "console",
  createServices: ({ redisUrl }) => ({ queueMonitor: createQueueMonitor(redisUrl) }),
});
