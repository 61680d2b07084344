import type { RouteTableDocs } from "@mgs/http/route-docs";
import { z } from "zod";
import { recordCardQuery } from "./cards/read-card";
import { type RecordChange, recordChangesQuery, recordHistoryQuery } from "./changes/list-record-changes";
import { type Subject, subjectApiPath } from "./subject";

const change = z
  .object({
    seq: z.int().min(1).meta({ description: "Its number: the record's version from then on" }),
    at: z.iso.datetime(),
    op: z.string().meta({ description: "What was done, such as `opened`, `edited`" }),
    user_id: z.int().nullable().meta({ description: "Who did it; null for programs and for the product itself" }),
    user_name: z.string(),
    actor: z.string().meta({ examples: ["user:7", "client:erp", "system:due-times"] }),
    fields: z
      .record(z.string(), z.tuple([z.unknown(), z.unknown()]))
      .meta({ description: "Each changed field with its value before and after" }),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: "RecordChange" }) satisfies z.ZodType<RecordChange>;

/** Documentation of the cards of links. */
export const cardOpenApi: RouteTableDocs = {
  "GET /api/record-card": {
    ...{ tag: { name: "records" }, id: "readRecordCard", query: recordCardQuery },
    summary: "What a link to a record is shown as, as far as the caller sees it",
    answers: {
      200: {
        description: "Null for an address that is no record's, or none that the caller sees",
        data: z
          .object({ type: z.string(), id: z.string(), title: z.string(), href: z.url() })
          .meta({ id: "RecordCard" })
          .nullable(),
      },
    },
    refusals: { VALIDATION_ERROR: true },
  },
};

/** Documentation of the routes that every kind of record has. */
export const recordOpenApi = (subjects: readonly Subject[]): RouteTableDocs =>
  Object.fromEntries(
    subjects.flatMap((subject) => {
      const { segment, type, missing } = subject;
      const tag = { name: segment };
      const name = `${type[0]?.toUpperCase()}${type.slice(1)}`;
      const params = z.object({ id: z.string() });
      const refusals = {
        VALIDATION_ERROR: true,
        [missing ?? "NOT_FOUND"]: "none with this id, or none for the caller",
      } as const;
      return [
        [
          `GET ${subjectApiPath(subject, "{id}", "changes")}`,
          {
            ...{ tag, id: `list${name}Changes`, params, query: recordChangesQuery, refusals },
            summary: "What happened to a record after a number, for a client that was away",
            answers: {
              200: {
                description:
                  "The changes in their order; `reset` says that the record is to be read anew, since too many were missed",
                data: z.object({ reset: z.boolean(), changes: z.array(change), seq: z.int().min(0) }),
              },
            },
          },
        ],
        [
          `GET ${subjectApiPath(subject, "{id}", "history")}`,
          {
            ...{ tag, id: `list${name}History`, params, query: recordHistoryQuery, refusals },
            summary: "The history of a record, its newest change first",
            answers: {
              200: {
                description: "A page; `before` is given for the next, and null at the end",
                data: z.object({ changes: z.array(change), before: z.int().nullable() }),
              },
            },
          },
        ],
      ];
    }),
  );
