import ts from "typescript";
import type { Models } from "./read-models";

export type TableUse = "read" | "write";

/** Matches the words of SQL that tables, views, or names of the statement's own WITH follow. */
const RELATION =
  /\b(INTO|UPDATE|DELETE\s+FROM|TRUNCATE|FROM|JOIN|USING|TABLE)\s+(?:(?:ONLY|TABLE|LATERAL)\s+)?"?([a-z_][a-z0-9_]*)"?/g;
const WRITES = /^(?:INTO|UPDATE|DELETE|TRUNCATE)/;
/** Matches an alias and a comma between two tables of one FROM. */
const NEXT_IN_LIST = /^(?:\s+(?:AS\s+)?"?[a-z_][a-z0-9_]*"?)?\s*,\s*"?([a-z_][a-z0-9_]*)"?/;

const PRISMA_READS = /^(?:find|count$|aggregate$|groupBy$)/;
const PRISMA_WRITES = /^(?:create|update|upsert|delete)/;

/** Finds the tables that a source names in SQL, or reaches through the Prisma client: models, and relations of them. */
export function findTableUses(source: ts.SourceFile, models: Models): Map<string, TableUse> {
  const tables = new Map<string, TableUse>();
  const add = (table: string, use: TableUse) => {
    if (tables.get(table) !== "write") tables.set(table, use);
  };
  const visit = (node: ts.Node): void => {
    if (isText(node)) for (const { table, use } of tablesInSql(node.text)) add(table, use);
    if (ts.isCallExpression(node)) addPrismaCall(node, models, add);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return tables;
}

type TextNode = ts.StringLiteralLike | ts.TemplateHead | ts.TemplateMiddle | ts.TemplateTail;

/** Tells whether a node is text. Each piece of a template is analysed alone, since expressions are values, or fragments that are analysed elsewhere. */
function isText(node: ts.Node): node is TextNode {
  return (
    ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)
  );
}

/** Finds every name at the place of a table, also of a function (`FROM now()`): callers know which names are tables. */
export function tablesInSql(sql: string): { table: string; use: TableUse }[] {
  return [...sql.matchAll(RELATION)].flatMap((match) => {
    const [whole, word = "", table = ""] = match;
    const found = [{ table, use: WRITES.test(word) ? ("write" as const) : ("read" as const) }];
    let rest = sql.slice(match.index + whole.length);
    for (let next = NEXT_IN_LIST.exec(rest); next; next = NEXT_IN_LIST.exec(rest)) {
      found.push({ table: next[1] ?? "", use: "read" });
      rest = rest.slice(next[0].length);
    }
    return found;
  });
}

/** Adds the tables of a call such as `database.userSession.findFirst({ include: { user: true } })`: the model's, and those of relations. */
function addPrismaCall(call: ts.CallExpression, models: Models, add: (table: string, use: TableUse) => void): void {
  const method = call.expression;
  if (!ts.isPropertyAccessExpression(method) || !ts.isPropertyAccessExpression(method.expression)) return;
  const isRead = PRISMA_READS.test(method.name.text);
  if (!isRead && !PRISMA_WRITES.test(method.name.text)) return;
  const modelName = method.expression.name.text;
  const model = models.get(modelName);
  if (!model) return;
  const use = isRead ? "read" : "write";
  add(model.table, use);
  const visit = (node: ts.Node, from: string): void => {
    ts.forEachChild(node, (child) => {
      const name = ts.isPropertyAssignment(child) ? child.name.getText() : undefined;
      const to = name === undefined ? undefined : models.get(from)?.relations.get(name);
      const table = to === undefined ? undefined : models.get(to)?.table;
      if (table !== undefined) add(table, use);
      visit(child, to ?? from);
    });
  };
  for (const argument of call.arguments) visit(argument, modelName);
}
