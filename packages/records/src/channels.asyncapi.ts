import type { ChannelDocs } from "@mgs/realtime/channel-docs";
import type { ListChangedEvent, RecordChangedEvent, RecordEditingEvent } from "@mgs/realtime/events";
import { CLIENT_EVENTS, EVENTS } from "@mgs/realtime/names";
import { z } from "zod";
import { listChannelPatterns } from "./lists/live-list";
import { type Subject, subjectApiPath } from "./subject";

const recordChanged = z
  .object({
    seq: z.int().meta({ description: "The record's number of this change" }),
    op: z.string().meta({ description: "What was done: `updated`, `state`, `access-granted`, …" }),
    user_id: z.int().nullable().meta({ description: "Who did it; null for programs and for the product itself" }),
    fields: z.array(z.string()).meta({ description: "Names of the fields that changed" }),
  })
  .meta({ id: "RecordChanged" }) satisfies z.ZodType<RecordChangedEvent>;

const recordEditing = z
  .object({ editing: z.boolean() })
  .meta({ id: "RecordEditing" }) satisfies z.ZodType<RecordEditingEvent>;

const listChanged = z
  .object({ list: z.string().meta({ description: "Which list: that of `/api/{list}`" }) })
  .meta({ id: "ListChanged" }) satisfies z.ZodType<ListChangedEvent>;

/** The channels of a kind's list: one for those who see every record, one for each other person and each role. */
function listChannels(subject: Subject): ChannelDocs[] {
  if (!subject.list) return [];
  const [all, person, role] = listChannelPatterns(subject);
  const name = EVENTS.listChanged;
  const event = { name, summary: "Rows may have changed: read the page that is open anew", payload: listChanged };
  const list = `The list of ${subject.segment} has changed`;
  return [
    { pattern: all, summary: `${list}: for who may see every record`, events: [event] },
    { pattern: person, summary: `${list} for one person: for that person`, parameter: "Their id", events: [event] },
    { pattern: role, summary: `${list} for a role: for its people`, parameter: "The role's slug", events: [event] },
  ];
}

/** The channels of every kind of record. */
export const recordAsyncApi = (subjects: readonly Subject[]): readonly ChannelDocs[] =>
  subjects.flatMap((subject) => [
    ...listChannels(subject),
    ...subject.channels.flatMap((channel): ChannelDocs[] => [
      {
        pattern: `private-${channel}`,
        summary: `What happens to one record (${subject.type}): for who may see it. No event goes to the socket that the request named by \`x-socket-id\``,
        parameter: "The record's id",
        events: [
          {
            name: EVENTS.recordChanged,
            summary: `The record has changed: \`GET ${subjectApiPath(subject, "{id}", "changes")}?after=\` has what was missed`,
            payload: recordChanged,
          },
        ],
      },
      {
        pattern: `presence-${channel}`,
        summary: `Who has one record (${subject.type}) open: for who may see it. Members: \`user_id\`, and \`user_info.name\``,
        parameter: "The record's id",
        clientEvents: [
          {
            name: CLIENT_EVENTS.editing,
            summary: "The sender has unsaved changes, or has none any more",
            payload: recordEditing,
          },
        ],
      },
    ]),
  ]);
