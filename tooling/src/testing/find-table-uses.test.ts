import { expect, test } from "vitest";
import { parse } from "./find-browser-posts";
import { findTableUses, tablesInSql } from "./find-table-uses";
import { readModels } from "./read-models";

const SCHEMA = `
model User {
  id       Int       @id
  sessions Session[]

  @@map("users")
}

model Session {
  id   Int  @id
  user User @relation(fields: [id], references: [id])

  @@map("user_sessions")
}
`;

const usesOf = (text: string) => [...findTableUses(parse("a.repository.ts", text), readModels(SCHEMA))];

test.each([
  [`database.$queryRaw\`SELECT 1 FROM "users" u\``, [["users", "read"]]],
  [`tx.$executeRaw\`DELETE FROM users WHERE id = \${id}\``, [["users", "write"]]],
  ['const TEXT = "UPDATE users SET name = 1";', [["users", "write"]]],
  [
    `const TEXT = \`WITH a AS (\${other}) INSERT INTO users SELECT \${columns} FROM a\`;`,
    [
      ["users", "write"],
      ["a", "read"],
    ],
  ],
  ["database.session.findMany({})", [["user_sessions", "read"]]],
  ["deps.database.session.updateMany({ where: { id }, data: {} })", [["user_sessions", "write"]]],
  [
    "tx.session.findFirst({ where: { AND: [{ user: { id: 1 } }] } })",
    [
      ["user_sessions", "read"],
      ["users", "read"],
    ],
  ],
  [
    "tx.user.create({ data: { sessions: { create: {} } } })",
    [
      ["users", "write"],
      ["user_sessions", "write"],
    ],
  ],
  ["state.session.count", []],
  ["list.find((user) => user.session)", []],
])("finds the tables of %s", (text, uses) => {
  expect(usesOf(text)).toEqual(uses);
});

test("finds every table of a list in FROM, and none in FOR UPDATE", () => {
  const sql = 'SELECT FROM users u, "clients" AS c, outbox WHERE u.id = 1 FOR UPDATE OF u SKIP LOCKED';
  expect(tablesInSql(sql).map(({ table }) => table)).toEqual(["users", "clients", "outbox"]);
});
