/** Models of the Prisma schema by the client's name for them (`userSession`): the table, and fields that lead to another model. */
export type Models = ReadonlyMap<string, { table: string; relations: ReadonlyMap<string, string> }>;

/** Reads the text of one or more schema files. */
export function readModels(schema: string): Models {
  const blocks = [...schema.matchAll(/^model (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name = "", body = ""]) => ({
    name,
    body,
  }));
  const names = new Set(blocks.map(({ name }) => name));
  return new Map(
    blocks.map(({ name, body }) => {
      const fields = [...body.matchAll(/^ {2}(\w+)\s+(\w+)/gm)];
      const relations = fields.flatMap(([, field = "", type = ""]) =>
        names.has(type) ? [[field, clientName(type)] as const] : [],
      );
      return [clientName(name), { table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name, relations: new Map(relations) }];
    }),
  );
}

const clientName = (model: string) => model.slice(0, 1).toLowerCase() + model.slice(1);
