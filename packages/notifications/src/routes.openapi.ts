import type { Answer, DocsOfRoutes } from "@mgs/http/route-docs";
import { z } from "zod";
import {
  inboxChangesAnswer,
  inboxCountAnswer,
  inboxPageAnswer,
  inboxStateAnswer,
  notificationAnswer,
  sentNotificationAnswer,
} from "./answers.openapi";
import { changesQuery, listQuery, notificationParams, sendHeaders, sendInput, updateInput } from "./requests.openapi";
import type { inboxRoutes, sendRoute } from "./routes";

const SEND = { name: "send", description: "Administration only" };
const INBOX = {
  name: "inbox",
  description: "A person's own inbox, the same in every portal. Machine clients get 403",
};

const STATE: Answer = { description: "The inbox after the change", data: inboxStateAnswer };
const NOT_FOUND = { NOTIFICATION_NOT_FOUND: "none with this id in the caller's inbox" };

export const notificationOpenApi: DocsOfRoutes<readonly [typeof sendRoute, ...typeof inboxRoutes]> = {
  "POST /api/notifications/send": {
    tag: SEND,
    id: "sendNotification",
    summary: "Send a notification to one person",
    description: [
      "When this answers 201, the notification and its deliveries are committed. It appears in the reader's portals and leaves by",
      "e-mail from there.\n",
      "A program needs the scope `notifications:send`; a person does not. Accepted sends are limited: 60 a minute for a person, 6,000 for a machine client",
      "(configurable). Refused calls do not count. Body at most 64 KiB, `application/json` in UTF-8, not compressed. Unknown fields are",
      "ignored.\n",
    ].join("\n"),
    headers: sendHeaders,
    body: {
      schema: sendInput,
      example: {
        user_id: 1,
        type: "test_commercial",
        titre: "Notification depuis Commercial",
        message: "Test de notification inter-applications",
        url: "http://localhost:3001/dashboard",
      },
    },
    answers: {
      201: {
        description: "Accepted",
        data: sentNotificationAnswer,
        headers: z.object({
          "Idempotency-Replayed": z
            .literal("true")
            .optional()
            .meta({ header: { description: "`true` when this is the first answer again" } }),
        }),
      },
    },
    refusals: {
      USER_NOT_FOUND: "unknown or disabled recipient",
      METHOD_NOT_ALLOWED: true,
      IDEMPOTENCY_CONFLICT: "the key was used for other values",
      RATE_LIMITED: true,
      INTERNAL_ERROR: true,
    },
  },
  "GET /api/notifications": {
    tag: INBOX,
    id: "listNotifications",
    summary: "A page of one's own inbox, newest first",
    query: listQuery,
    answers: { 200: { description: "A page", data: inboxPageAnswer } },
    refusals: { VALIDATION_ERROR: true },
  },
  "GET /api/notifications/unread-count": {
    tag: INBOX,
    id: "countUnread",
    summary: "How many notifications are neither read nor archived",
    answers: {
      200: {
        description: "The count, also at the top level, where older front ends read it",
        data: inboxCountAnswer,
        extra: { count: z.int().min(0) },
      },
    },
  },
  "GET /api/notifications/changes": {
    tag: INBOX,
    id: "listChanges",
    summary: "What happened to one's inbox after a number",
    query: changesQuery,
    answers: {
      200: {
        description: [
          "Changes in order, at most 200. `reset` is true, and the lists empty, when there are more, when the number is too old, or when it",
          "is higher than the inbox's own: fetch the first page anew.\n",
        ].join("\n"),
        data: inboxChangesAnswer,
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
  "POST /api/notifications/read-all": {
    tag: INBOX,
    id: "readAll",
    summary: "Mark everything read, except the archive",
    description: "A body is not read.",
    answers: { 200: STATE },
  },
  "GET /api/notifications/{id}": {
    tag: INBOX,
    id: "getNotification",
    summary: "One notification of one's own",
    params: notificationParams,
    answers: { 200: { description: "The notification", data: notificationAnswer } },
    refusals: NOT_FOUND,
  },
  "PATCH /api/notifications/{id}": {
    tag: INBOX,
    id: "updateNotification",
    summary: "Mark read or unread, archive or bring back",
    description: "A mark that is there already changes nothing and takes no number.",
    params: notificationParams,
    body: { schema: updateInput },
    answers: { 200: STATE },
    refusals: NOT_FOUND,
  },
  "DELETE /api/notifications/{id}": {
    tag: INBOX,
    id: "deleteNotification",
    summary: "Delete for good",
    params: notificationParams,
    answers: { 200: STATE },
    refusals: NOT_FOUND,
  },
};
