/** The parts of an OpenAPI document that its page shows. */
export type Schema = {
  $ref?: string;
  type?: string | readonly string[];
  format?: string;
  description?: string;
  enum?: readonly unknown[];
  const?: unknown;
  anyOf?: readonly Schema[];
  oneOf?: readonly Schema[];
  allOf?: readonly Schema[];
  items?: Schema;
  properties?: Readonly<Record<string, Schema>>;
  additionalProperties?: Schema | boolean;
  required?: readonly string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
};

export type Parameter = { name: string; in: string; required?: boolean; description?: string; schema?: Schema };

type Content = Readonly<Record<string, { schema?: Schema; example?: unknown }>>;

export type Operation = {
  operationId: string;
  tags: readonly string[];
  summary: string;
  description?: string;
  security?: readonly Readonly<Record<string, readonly string[]>>[];
  parameters?: readonly Parameter[];
  requestBody?: { content: Content };
  responses: Readonly<Record<string, { $ref?: string; description?: string; content?: Content }>>;
};

export type OpenApiView = {
  tags?: readonly { name: string; description?: string }[];
  paths?: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  components?: {
    schemas?: Readonly<Record<string, Schema>>;
    responses?: Readonly<Record<string, { description?: string }>>;
    parameters?: Readonly<Record<string, Parameter>>;
  };
};

export type ListedOperation = Operation & { method: string; path: string };

/** Lists the operations of a document by their tags, in the document's order. */
export function operationsByTag(document: OpenApiView): { name: string; operations: ListedOperation[] }[] {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ ...operation, method: method.toUpperCase(), path })),
  );
  const groups = Map.groupBy(operations, ({ tags }) => tags[0] ?? "");
  return [...groups].map(([name, listed]) => ({ name, operations: listed }));
}

/** The scopes of which a token needs one. */
export function scopesOf({ security = [] }: Operation): string[] {
  return security.flatMap((alternative) => alternative.oauth ?? []);
}

/** The name of the component that a reference names. */
export const refName = (ref: string): string => ref.slice(ref.lastIndexOf("/") + 1);

/** Writes a schema in one line: `string | null`, `Dossier[]`. References are named, and not followed. */
export function typeText(schema: Schema): string {
  if (schema.$ref) return refName(schema.$ref);
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives) return [...new Set(alternatives.map(typeText))].join(" | ");
  if (schema.allOf) return schema.allOf.map(typeText).join(" & ");
  const types = typeof schema.type === "string" ? [schema.type] : (schema.type ?? []);
  const written = types.map((type) => {
    if (type === "array") return `${schema.items ? typeText(schema.items) : "unknown"}[]`;
    return schema.format ? `${type} (${schema.format})` : type;
  });
  return written.length === 0 ? "unknown" : written.join(" | ");
}
