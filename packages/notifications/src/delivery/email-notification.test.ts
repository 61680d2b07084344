import type { Mail } from "@mgs/email/mail";
import { Postponed } from "@mgs/jobs/delivery-attempt";
import { expect, it } from "vitest";
import { emailNotification } from "./email-notification";

const ID = "0193a000-0000-7000-8000-000000000001";
const HOUR_MS = 3_600_000;

/** Delivers the mail of one notification to Hery, who is quiet until then. */
async function deliver(quietUntil: Date | null): Promise<{ sent: Mail[]; error: unknown }> {
  const sent: Mail[] = [];
  const asked: number[] = [];
  const deps = {
    quietUntil: async (userId: number) => {
      asked.push(userId);
      return quietUntil;
    },
    portalsOpenTo: () => ["commercial"],
    portalUrls: { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" },
    senderFor: () => ({ name: "MGS", address: "mgs@mgs.mg" }),
    mailer: { send: async (mail: Mail) => void sent.push(mail) },
  };
  const row = {
    ...{ userId: 7, senderId: null, senderName: null, email: "h@mgs.mg", name: "Hery", locale: "fr" },
    ...{ role: "commercial", portals: ["commercial"], disabledAt: null, type: "message.unread", seq: 1n },
    ...{ titre: "2 messages", message: "Aina : Bonjour", url: "/messages/1", source: "commercial", sourceName: null },
    ...{ createdAt: new Date(), deletedAt: null },
  };
  const attempt = { id: ID, notificationId: ID, row, payload: {} };
  const error = await emailNotification(deps as never, attempt as never).catch((thrown: unknown) => thrown);
  expect(asked).toEqual([7]);
  return { sent, error };
}

it("keeps a mail from who does not want to be disturbed, until they may be", async () => {
  const { sent, error } = await deliver(new Date(Date.now() + HOUR_MS));
  expect(sent).toEqual([]);
  expect(error).toBeInstanceOf(Postponed);
  const { delaySeconds } = error as Postponed;
  expect(delaySeconds).toBeGreaterThan(3_590);
  expect(delaySeconds).toBeLessThanOrEqual(3_600);
});

it("sends it to everybody else, and to who was quiet until a moment ago", async () => {
  for (const quietUntil of [null, new Date(Date.now() - 1)]) {
    const { sent, error } = await deliver(quietUntil);
    expect(error).toBeUndefined();
    expect(sent.map(({ to, subject }) => [to, subject])).toEqual([
      [{ name: "Hery", address: "h@mgs.mg" }, expect.stringContaining("2 messages")],
    ]);
  }
});
