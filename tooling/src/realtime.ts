import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./paths";

// Variables of the process environment win over the file.
const file = join(ROOT, ".env");
if (existsSync(file)) process.loadEnvFile(file);
// The parent process has ended without a signal.
process.on("disconnect", () => process.kill(process.pid, "SIGTERM"));
process.channel?.unref();
await import("@mgs/realtime-server/main");
