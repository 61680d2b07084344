import { array, nullable, number, object, type ShapeOf, string } from "@mgs/core/shape";

/** A message that is to be sent later. */
export const scheduledMessage = object({
  /** The message's own later. */
  id: string,
  conversation_id: number,
  content: string,
  mentioned: array(object({ key: string, name: string })),
  reply_to: nullable(string),
  send_at: string,
  /** Code of the refusal with which it could not be sent. */
  refusal: nullable(string),
});
export type ScheduledMessage = ShapeOf<typeof scheduledMessage>;

/** Somebody wants to be reminded of a message. */
export const messageReminder = object({
  message_id: string,
  conversation_id: number,
  name: string,
  excerpt: string,
  remind_at: string,
});
export type MessageReminderDto = ShapeOf<typeof messageReminder>;
