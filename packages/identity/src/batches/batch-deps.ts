import type { WorkerDeps } from "@mgs/module/worker-deps";
import type { SessionEndDeps } from "../sessions/end-session";

/** What the batches of a job work with. */
export type BatchDeps = SessionEndDeps & Pick<WorkerDeps, "holdings">;
