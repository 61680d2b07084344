import { EVENTS, userChannel } from "@mgs/realtime/names";
import { checkEvent } from "@mgs/realtime/testing/check-event";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toCreatedEvent } from "./broadcast";
import { notificationAsyncApi } from "./events.asyncapi";

const portalUrls = { administration: "http://a.test", commercial: "http://c.test", "gestion-dossier": "http://g.test" };
const row = {
  id: "0199a000-0000-7000-8000-000000000000",
  type: "test",
  titre: "Titre",
  message: "Message",
  url: "/dossiers/1" as string | null,
  source: "gestion-dossier",
  sourceName: "Gestion-Dossier",
  sender: { id: 3, name: "Claire" },
  createdAt: new Date("2026-11-20T10:00:00Z"),
};
const counters = { seq: 7, unreadCount: 3 };
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

describe("toCreatedEvent", () => {
  it("carries the notification at the top level", () => {
    expect(toCreatedEvent(row, counters, portalUrls)).toEqual({
      id: row.id,
      type: "test",
      titre: "Titre",
      message: "Message",
      truncated: false,
      url: "/dossiers/1",
      href: "http://g.test/dossiers/1",
      source: "gestion-dossier",
      source_name: null,
      sender: { id: 3, name: "Claire" },
      created_at: "2026-11-20T10:00:00.000Z",
      seq: 7,
      unread_count: 3,
    });
  });

  it("names the program that sent it", () => {
    const event = toCreatedEvent({ ...row, source: "01a2230a", sourceName: "Comptabilité" }, counters, portalUrls);
    expect(event).toMatchObject({ source: "01a2230a", source_name: "Comptabilité" });
  });

  it("cuts a long message between characters as people see them", () => {
    const family = "👩‍👩‍👧‍👦";
    const event = toCreatedEvent({ ...row, message: family.repeat(700) }, counters, portalUrls);
    expect(event.truncated).toBe(true);
    expect(bytes(event)).toBeLessThan(9_000);
    expect(bytes(event)).toBeGreaterThan(8_900);
    expect(event.message.replaceAll(family, "")).toBe("");
  });

  it("drops a link that leaves no room for the message", () => {
    const url = `/${"€".repeat(2_047)}`;
    const event = toCreatedEvent({ ...row, url, message: "m".repeat(5_000) }, counters, portalUrls);
    expect(event).toMatchObject({ url: null, href: null, truncated: true });
    expect(event.message).toHaveLength(5_000);
  });

  it("stays under 9,000 bytes whatever is in it", () => {
    const character = fc.constantFrom("a", '"', "\u0001", "é", "😀", "\u0301", "\\", "\n");
    const text = (max: number) =>
      fc.array(character, { minLength: 1, maxLength: 5 }).map((unit) => unit.join("").repeat(max / unit.length));
    fc.assert(
      fc.property(text(200), text(5_000), fc.option(text(2_048)), (titre, message, url) => {
        const event = toCreatedEvent({ ...row, titre, message, url: url && `/${url}` }, counters, portalUrls);
        checkEvent(notificationAsyncApi, userChannel(1), EVENTS.notificationCreated, event);
        expect(bytes(event)).toBeLessThan(9_000);
        expect(event.message.isWellFormed()).toBe(true);
        expect(message.startsWith(event.message)).toBe(true);
        if (!event.truncated) expect(event.message).toBe(message);
      }),
      { numRuns: 60 },
    );
  });
});
