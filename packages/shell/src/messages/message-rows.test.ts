import type { MessageDto } from "@mgs/messaging/contract/message";
import { expect, test } from "vitest";
import type { OutboxEntry } from "../outbox/outbox-store";
import { toMessageRows } from "./message-rows";

const [HERY, ZO] = [1, 2];
const dayOf = (iso: string) => iso.slice(0, 10);

function message(place: number, author: number, time: string, more: Partial<MessageDto> = {}): MessageDto {
  return {
    ...{ id: `m${place}`, conversation_id: 1, kind: "text", content: "", place, seq: place },
    auteur: { id: author, name: "", firstname: "", lastname: "", avatar: null },
    ...{ mentions: [], mentioned: [], reply_to: null, attachments: [], reactions: [], people: [], name: "" },
    ...{ created_at: time, edited_at: null, deleted_at: null, ...more },
  };
}
/** Rows as one reads them: `+` stands before a message whose author is not named again. */
const drawn = (messages: readonly MessageDto[], rest: Partial<Parameters<typeof toMessageRows>[1]> = {}) =>
  toMessageRows(messages, { dayOf, unreadFrom: null, ...rest }).map((row) =>
    row.kind === "message" && row.isContinued ? `+${row.key}` : row.key,
  );

test("days stand between messages, and an author is named once within some minutes", () => {
  expect(
    drawn([
      message(1, HERY, "2026-11-29T23:58:00Z"),
      message(2, HERY, "2026-11-29T23:59:00Z"),
      message(3, HERY, "2026-11-30T00:00:00Z"),
      message(4, ZO, "2026-11-30T00:01:00Z"),
      message(5, ZO, "2026-11-30T00:05:59Z"),
      message(6, ZO, "2026-11-30T00:11:00Z"),
    ]),
  ).toEqual(["day-2026-11-29", "m1", "+m2", "day-2026-11-30", "m3", "m4", "+m5", "m6"]);
});

test("an author is named again behind an answer's place, a line, what was deleted, and the mark of what is unread", () => {
  const at = "2026-11-30T09:00:00Z";
  const reply = { id: "m1", place: 1, name: "Zo", excerpt: "" };
  expect(
    drawn(
      [
        message(1, HERY, at, { deleted_at: at }),
        message(2, HERY, at),
        message(3, HERY, at, { reply_to: reply }),
        message(4, HERY, at, { kind: "renamed" }),
        message(5, HERY, at),
        message(6, HERY, at),
      ],
      { unreadFrom: 6 },
    ),
  ).toEqual(["day-2026-11-30", "m1", "m2", "m3", "m4", "m5", "unread", "m6"]);
});

test("what waits stands behind all, under the key that its message will have", () => {
  const entry = { id: "m2" } as OutboxEntry;
  const first = message(1, HERY, "2026-11-30T09:00:00Z");
  expect(drawn([first], { waiting: [entry] })).toEqual(["day-2026-11-30", "m1", "m2"]);
  expect(drawn([first, message(2, HERY, "2026-11-30T09:01:00Z")])).toEqual(["day-2026-11-30", "m1", "+m2"]);
});
