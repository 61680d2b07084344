import { createSealer, type Sealer } from "@mgs/core/crypto";
import { createLogger } from "@mgs/core/logger";
import type { Database } from "@mgs/db/client";
import type { Mail } from "@mgs/email/mail";
import { createRowClaimer } from "@mgs/jobs/outbox.repository";
import type { HandledKind } from "@mgs/module/outbox";
import type { WorkerDeps } from "@mgs/module/worker-deps";

/** A worker that runs the account's outbox rows when it is told to, and keeps the mails that it sends. */
export function createMailWorker(
  database: Database,
  kinds: readonly HandledKind[],
  more: Partial<WorkerDeps> = {},
): { sealer: Sealer; mails: Mail[]; deliver(): Promise<void>; deliverAgain(): Promise<void> } {
  const sealer = more.sealer ?? createSealer(Buffer.alloc(32, 7).toString("base64"));
  const mails: Mail[] = [];
  const origin = (port: number) => `http://localhost:${port}`;
  const deps = {
    ...{ database, sealer, logger: createLogger("test", "silent") },
    mailer: { send: async (mail: Mail) => void mails.push(mail), close: () => undefined },
    senderFor: () => ({ name: "MGS", address: "mgs@mgs.example" }),
    portalUrls: { administration: origin(3000), commercial: origin(3001), "gestion-dossier": origin(3002) },
    ...more,
  } as unknown as WorkerDeps;
  const claim = createRowClaimer();
  const done: { kind: string; id: string; payload: unknown }[] = [];

  async function run(row: { kind: string; id: string; payload: unknown }): Promise<void> {
    const kind = kinds.find((one) => one.kind.kind === row.kind);
    if (!kind) return;
    const handler = await kind.load();
    const { logger } = deps;
    await handler(deps, { id: row.id, payload: row.payload, notificationId: null, row: {}, logger });
  }

  return {
    sealer,
    mails,
    async deliver() {
      const due = await database.outbox.findMany({ where: { state: "pending" }, orderBy: { id: "asc" } });
      for (const { id } of due) {
        const row = await claim(database, { id, leaseMs: 60_000 });
        if (!row) continue;
        await run(row);
        done.push(row);
      }
    },
    /** Runs every row once more, as after a crash between a transport's answer and the commit. */
    async deliverAgain() {
      for (const row of done) await run(row);
    },
  };
}

/** The token of the link in a mail. */
export function tokenIn(mail: Mail | undefined): string {
  const token = /[?&]jeton=([\w-]+)/.exec(mail?.text ?? "")?.[1];
  if (token === undefined) throw new Error(`no link in: ${mail?.text}`);
  return token;
}
