import { editDossier } from "@mgs/dossiers/record/edit-dossier";
import { takeStep } from "@mgs/dossiers/record/take-step";
import { createSeance } from "@mgs/dossiers/seances/create-seance";
import { useDossierStage } from "@mgs/dossiers/testing/use-dossier-stage";
import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { EVENTS } from "@mgs/realtime/names";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import { expect, it } from "vitest";
import { BUSINESS } from "./modules";

const stage = useDossierStage();
const docs = (await Promise.all(BUSINESS.map(async ({ asyncApi }) => (await asyncApi?.()) ?? []))).flat();

it("every change of a dossier and of a session is told as the AsyncAPI document says", async () => {
  await stage.database.outbox.deleteMany();
  const told: { channel: string; event: string; op: unknown }[] = [];
  const worker = createMailWorker(
    stage.database,
    BUSINESS.flatMap(({ outbox = [] }) => outbox),
    {
      ringBell: async () => null,
      publisher: {
        async trigger(channels: string | readonly string[], event: string, data: object) {
          for (const channel of [channels].flat()) {
            checkEvent(docs, channel, event, data);
            told.push({ channel, event, op: (data as { op?: unknown }).op });
          }
        },
      },
    } as never,
  );
  const hery = await stage.add("Hery", "h@mgs.mg", "gestionnaire");
  const { id, version } = await stage.open(hery, { assignee_id: hery.userId });
  await editDossier(stage.deps(), hery, id, { version, title: "Autre titre" });
  await takeStep(stage.deps(), hery, id, { from: "nouveau", to: "en_cours" });
  const { seance } = await createSeance(stage.deps(), hery, {
    ...{ title: "Commission", starts_at: "2026-12-04T09:00:00+03:00", ends_at: "2026-12-04T11:00:00+03:00" },
    participants: [hery.userId],
  });
  await worker.deliver();
  const channels = new Set(told.map(({ channel }) => channel));
  const lists = ["private-dossiers", `private-dossiers.user.${hery.userId}`];
  expect([...channels].sort()).toEqual(
    [`private-dossier.${id}`, `private-sport-session.${seance.id}`, ...lists].sort(),
  );
  expect(new Set(told.map(({ event }) => event))).toEqual(new Set([EVENTS.recordChanged, EVENTS.listChanged]));
  expect(told.length).toBeGreaterThanOrEqual(3);
});

it("an event that is not described, or has another field, is found", () => {
  const event = { seq: 1, op: "updated", user_id: null, fields: ["title"] };
  expect(() => checkEvent(docs, "private-dossier.1", EVENTS.recordChanged, event)).not.toThrow();
  expect(() => checkEvent(docs, "private-dossier.1", EVENTS.recordChanged, { ...event, more: 1 })).toThrow(
    "documented",
  );
  expect(() => checkEvent(docs, "private-dossier.1", EVENTS.recordChanged, { seq: 1 })).toThrow("op");
  expect(() => checkEvent(docs, "dossier.1", EVENTS.recordChanged, event)).toThrow("not documented");
});
