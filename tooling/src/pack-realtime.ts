import { join } from "node:path";
import { ROOT } from "./paths";
import { packRealtime } from "./realtime-package";
import { fail } from "./terminal";

try {
  const tarball = await packRealtime(join(ROOT, "packages", "realtime-server", "dist", "npm"));
  process.stdout.write(`${tarball}\n`);
} catch (error) {
  fail(error);
  process.exitCode = 1;
}
// The channel to the parent process must not keep this one alive.
process.channel?.unref();
