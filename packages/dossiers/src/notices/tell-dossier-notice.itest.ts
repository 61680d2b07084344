import { createMailWorker } from "@mgs/identity/testing/account-mails";
import { ringBell } from "@mgs/notifications/ring-bell";
import { beforeEach, describe, expect, it } from "vitest";
import { dossiers } from "../module";
import { NOTICES } from "../outbox-kinds";
import { takeStep } from "../record/take-step";
import { useDossierStage } from "../testing/use-dossier-stage";
import { writeDossierNotice } from "./tell-dossier-notice";

const stage = useDossierStage();
const enqueuer = { enqueue: async () => true, close: async () => undefined };
let worker: ReturnType<typeof createMailWorker>;
beforeEach(async () => {
  await stage.database.$executeRaw`TRUNCATE notifications, inboxes, idempotency_keys CASCADE`;
  const { database } = stage;
  worker = createMailWorker(database, dossiers.outbox ?? [], {
    ringBell: (message) => ringBell({ database, enqueuer }, message),
  });
});
const bells = () => stage.database.notification.findMany({ orderBy: [{ userId: "asc" }, { seq: "asc" }] });

describe("a notice of a dossier", () => {
  it("reaches each reader once, in their language, by bell and mail, with the address of the page", async () => {
    const [hery, aina] = [await stage.add("Hery", "h@mgs.mg", "gestionnaire"), await stage.add("Aina", "a@mgs.mg")];
    await stage.database.user.update({ where: { id: aina.userId }, data: { locale: "en" } });
    const { id } = await stage.open(stage.admin, { assignee_id: hery.userId });
    await stage.database.dossierPerson.create({ data: { dossierId: id, userId: aina.userId, reason: "follower" } });
    await takeStep(stage.deps(), stage.admin, id, { from: "nouveau", to: "en_cours" });
    await takeStep(stage.deps(), stage.admin, id, { from: "en_cours", to: "rejete", reason: "Le plan manque." });
    await worker.deliver();
    await worker.deliverAgain();
    const rows = await bells();
    const shared = { source: "gestion-dossier", url: `/dossiers/${id}` };
    expect(rows.map(({ userId, titre }) => [userId, titre])).toEqual([
      [hery.userId, "D-2026-0001 vous est confié"],
      [hery.userId, "D-2026-0001\u00a0: en cours"],
      [hery.userId, "D-2026-0001\u00a0: rejeté"],
      [aina.userId, "D-2026-0001: in progress"],
      [aina.userId, "D-2026-0001: rejected"],
    ]);
    expect(rows[4]).toMatchObject({
      ...shared,
      type: "dossier.moved",
      message: expect.stringMatching(/Voahangy.*rejected.*Le plan manque\./s),
    });
    const mails = await stage.database.outbox.count({ where: { kind: "notification.email" } });
    expect(mails).toBe(5);
  });

  it("is not told to who has lost the access meanwhile", async () => {
    const aina = await stage.add("Aina", "a@mgs.mg");
    const { id } = await stage.open(stage.admin);
    const follower = { dossierId: id, userId: aina.userId, reason: "follower" };
    await stage.database.dossierPerson.create({ data: follower });
    await takeStep(stage.deps(), stage.admin, id, { from: "nouveau", to: "en_cours" });
    await stage.database.dossierPerson.deleteMany({ where: follower });
    await worker.deliver();
    expect(await bells()).toEqual([]);
  });

  it.each(NOTICES)("%s has its words in both languages", (notice) => {
    const details = { notice, state: "en_attente", verdict: "reserve", due_on: "2026-12-14", text: "é".repeat(5_000) };
    const written = (["fr", "en"] as const).map((locale) =>
      writeDossierNotice({ locale }, { reference: "D-2026-0001", title: "x".repeat(200) }, details, "Hery"),
    );
    expect(new Set(written.map(({ title }) => title)).size).toBe(2);
    for (const { title, text } of written) {
      expect(`${title} ${text}`).not.toMatch(/notices\.|undefined|\{\w+\}/);
      expect(title.length).toBeLessThanOrEqual(200);
      expect(Array.from(text).length).toBeLessThanOrEqual(5_000);
    }
  });
});
