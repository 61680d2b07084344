import type { RouteTableDocs } from "@mgs/http/route-docs";
import { z } from "zod";
import { scheduledAnswer } from "../answers.openapi";
import { MESSAGES, OF_CONVERSATION, OF_READER } from "../route-docs.openapi";
import { rescheduleInput, scheduleInput } from "./schedule-message";

const params = z.object({ id: z.string() });
const NOT_WAITING = { MESSAGE_NOT_FOUND: "none of the caller's that still waits" } as const;
const one = { description: "The message that waits", data: scheduledAnswer };

/** Documentation of scheduled messages and reminders. */
export const laterDocs: RouteTableDocs = {
  "GET /api/conversations/reminders": {
    ...{ tag: MESSAGES, id: "listMessageReminders" },
    summary: "Of which messages the caller is to be reminded",
    answers: {
      200: {
        description: "The next first",
        data: z.array(
          z.object({
            ...{ message_id: z.uuid(), conversation_id: z.int(), name: z.string(), excerpt: z.string() },
            remind_at: z.iso.datetime(),
          }),
        ),
      },
    },
    refusals: OF_READER,
  },
  "GET /api/conversations/scheduled": {
    ...{ tag: MESSAGES, id: "listScheduledMessages" },
    summary: "What the caller has scheduled, and what could not be sent",
    answers: { 200: { description: "The next first", data: z.array(scheduledAnswer) } },
    refusals: OF_READER,
  },
  "PATCH /api/conversations/scheduled/{id}": {
    ...{ tag: MESSAGES, id: "rescheduleMessage", params },
    summary: "Change the text or the time of a scheduled message",
    body: { schema: rescheduleInput, example: { send_at: "2026-12-01T06:00:00Z" } },
    answers: { 200: one },
    refusals: { ...OF_CONVERSATION, ...NOT_WAITING },
  },
  "DELETE /api/conversations/scheduled/{id}": {
    ...{ tag: MESSAGES, id: "cancelScheduledMessage", params },
    summary: "Take a scheduled message away before it is sent",
    answers: { 200: { description: "Done", data: z.null() } },
    refusals: { ...OF_READER, ...NOT_WAITING },
  },
  "POST /api/conversations/{id}/scheduled": {
    ...{ tag: MESSAGES, id: "scheduleMessage", params },
    summary: "Let a message be sent later, within a year; its id becomes the message's",
    body: { schema: scheduleInput, example: { content: "Bonjour", send_at: "2026-12-01T06:00:00Z" } },
    answers: { 201: one },
    refusals: {
      ...{ ...OF_CONVERSATION, MESSAGE_NOT_FOUND: "the message to answer is none that the caller sees" },
      CONFLICT: "the id is taken, or too many wait",
    },
  },
};
