import { generateClient } from "../build";
import { startGuard } from "../supervisor/guard";
import { requirePrograms } from "./programs";

/** Unit tests need no server, but the Prisma client and a few programs. @throws Error with each that is missing */
export default async function setup(): Promise<void> {
  await requirePrograms("unit");
  const guard = startGuard();
  try {
    await generateClient({ guard });
  } finally {
    await guard.release();
  }
}
