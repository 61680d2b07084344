import { SESSION_END_REASONS } from "@mgs/core/session-end-reasons";
import type { ChannelDocs } from "@mgs/realtime/channel-docs";
import type { SessionChangedEvent, SessionEndedEvent } from "@mgs/realtime/events";
import { EVENTS } from "@mgs/realtime/names";
import { z } from "zod";

const sessionEnded = z
  .object({ reason: z.enum(SESSION_END_REASONS) })
  .meta({ id: "SessionEnded" }) satisfies z.ZodType<SessionEndedEvent>;

const sessionChanged = z
  .object({ user_id: z.int().meta({ description: "As whom the browser goes on" }) })
  .meta({ id: "SessionChanged" }) satisfies z.ZodType<SessionChangedEvent>;

export const identityAsyncApi: readonly ChannelDocs[] = [
  {
    pattern: "private-App.Models.User.{id}",
    summary: "What happens in a person's inbox: for that person alone",
    parameter: "The person's id",
  },
  {
    pattern: "private-user.{id}",
    summary:
      "The same person's channel by its name of the system before. Nothing is sent here; older front ends may subscribe",
    parameter: "The person's id",
  },
  {
    pattern: "private-session.{id}",
    summary: "What happens to one sign-in: for that device alone",
    parameter: "The id of the sign-in, which `POST /broadcasting/user-auth` tells",
    events: [
      {
        name: EVENTS.sessionEnded,
        summary: "The session is over: leave the page. The socket is closed right after, with code 4009",
        payload: sessionEnded,
      },
      {
        name: EVENTS.sessionChanged,
        summary: "An administrator has begun, or stopped, to act in somebody's name in this browser",
        payload: sessionChanged,
      },
    ],
  },
];
