import type { BodyDocs, RouteDocs } from "@mgs/http/route-docs";
import type { Subject } from "@mgs/records/subject";
import { expect, test } from "vitest";
import { z } from "zod";
import { MENTION_FIELDS } from "../contract/mentions";
import { commentOpenApi } from "../routes.openapi";

const subject = { type: "subject", segment: "{subject}" } as Subject;
const bodyOf = (docs: RouteDocs): BodyDocs | undefined => ("body" in docs ? docs.body : undefined);

test("every route that takes mentions is one of the text fields of the one service of mentions", () => {
  const taking = Object.entries(commentOpenApi([subject]))
    .filter(([, docs]) => {
      const { schema } = bodyOf(docs) ?? {};
      return schema instanceof z.ZodObject && "mentions" in schema.shape;
    })
    .map(([route]) => route);
  expect(taking.sort()).toEqual(MENTION_FIELDS.map(({ route }) => route).sort());
});
