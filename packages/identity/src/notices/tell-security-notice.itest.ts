import { createTestDatabase, type TestDatabase } from "@mgs/db/testing/test-database";
import { insertOutbox } from "@mgs/jobs/outbox.repository";
import type { BellMessage } from "@mgs/module/worker-deps";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { openLink } from "../account-links/open-link";
import { identity } from "../module";
import { createMailWorker, tokenIn } from "../testing/account-mails";
import { SECURITY_NOTICES, type SecurityNotice, securityNoticeRow } from "./security-notice";

let test: TestDatabase;
let bells: BellMessage[];
let worker: ReturnType<typeof createMailWorker>;
let userId: number;
const at = new Date("2026-11-29T06:05:00Z");
beforeAll(async () => {
  test = await createTestDatabase();
});
afterAll(() => test.drop());
beforeEach(async () => {
  await test.database.outbox.deleteMany();
  await test.database.user.deleteMany();
  const person = { name: "Hery Ranaivo", email: "hery@mgs.mg", role: "commercial", passwordHash: "-" };
  userId = (await test.database.user.create({ data: person })).id;
  bells = [];
  const ringBell = async (message: BellMessage) => void bells.push(message);
  worker = createMailWorker(test.database, identity.outbox ?? [], { ringBell });
});

async function tell(notice: SecurityNotice, details: Record<string, string> = {}) {
  await insertOutbox(test.database, [securityNoticeRow({ userId, notice, at, details })]);
  await worker.deliver();
}
const clock = { now: () => new Date() };

describe("a security notice", () => {
  it("reaches the person by bell and by mail, with the time of their zone and what is known", async () => {
    await tell("new-device", { browser: "Firefox · Linux", address: "198.51.100.1" });
    expect(bells).toEqual([
      {
        key: expect.stringMatching(/^notice:/),
        ...{ userId, type: "security.new-device", titre: "Nouvelle connexion à votre compte" },
        message: expect.stringMatching(/29 novembre 2026.*09:05.*Firefox · Linux.*198\.51\.100\.1/s),
        url: expect.stringMatching(/^\/compte\/pas-moi\?avis=[0-9a-f-]{36}$/),
      },
    ]);
    const [mail, ...others] = worker.mails;
    expect(others).toEqual([]);
    expect(mail).toMatchObject({ to: { address: "hery@mgs.mg" }, subject: "Nouvelle connexion à votre compte" });
    expect(mail?.text).toContain("Ce n’était pas moi");
    expect(mail?.html).toContain("Firefox · Linux");
    const token = tokenIn(mail);
    expect(await openLink({ database: test.database, clock }, { token, purpose: "not-me" })).toMatchObject({
      email: "hery@mgs.mg",
    });
    expect(JSON.stringify(bells)).not.toContain(token);
    expect(await test.database.accountLink.findFirst()).toMatchObject({ purpose: "not-me", since: at });
  });

  it.each(SECURITY_NOTICES)("%s has its words in both languages", async (notice) => {
    const subjects: string[] = [];
    for (const locale of ["fr", "en"]) {
      await test.database.user.update({ where: { id: userId }, data: { locale } });
      await tell(notice, { change: "totp-added", name: "Mon téléphone", role: "Direction" });
      const mail = worker.mails.at(-1);
      expect(mail?.text).not.toMatch(/notices\.|undefined|\{\w+\}/);
      subjects.push(mail?.subject ?? "");
    }
    expect(new Set(subjects).size).toBe(2);
    expect(bells.every(({ titre, message }) => titre.length <= 200 && message.length > 40)).toBe(true);
  });

  it.each<[SecurityNotice, Record<string, string>, string]>([
    ["role-changed", { role: "Direction" }, "Si ce changement était convenu avec vous"],
    ["email-changed", {}, "Si ce changement était convenu avec vous"],
    ["second-factor-changed", { change: "reset" }, "Si ce changement était convenu avec vous"],
    ["impersonated", { reason: "Aide" }, "Si vous avez demandé cette aide"],
    ["second-factor-changed", { change: "totp-removed" }, "Si c’était bien vous"],
    ["password-changed", {}, "Si c’était bien vous"],
  ])("%s %j advises by who has acted: %s", async (notice, details, advice) => {
    await tell(notice, details);
    expect(worker.mails[0]?.text).toContain(`${advice}, il n’y a rien à faire.`);
  });

  it("of wrong codes says that the password is known", async () => {
    await tell("lockout", { what: "second-factor" });
    expect(worker.mails[0]?.subject).toBe("Quelqu’un connaît peut-être votre mot de passe");
  });

  it("that the worker runs twice has one link and one key", async () => {
    await tell("password-changed");
    await worker.deliverAgain();
    expect(await test.database.accountLink.count()).toBe(1);
    expect(new Set(worker.mails.map(tokenIn)).size).toBe(1);
    expect(new Set(bells.map(({ key }) => key)).size).toBe(1);
  });

  it("to a person who is disabled tells nobody", async () => {
    await test.database.user.update({ where: { id: userId }, data: { disabledAt: new Date() } });
    await tell("lockout");
    expect([bells, worker.mails]).toEqual([[], []]);
  });
});
