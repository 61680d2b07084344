/**
 * The URL of the same database, for connections that join by nested loops alone and keep nothing for the next row. So
 * PostgreSQL joins tables that it takes for tiny, after an autovacuum at the wrong moment for one: a part of a statement
 * that has to run once shows here when it does not.
 */
export function withNestedLoops(url: string): string {
  const others = ["hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"];
  const nested = new URL(url);
  nested.searchParams.set("options", others.map((name) => `-c enable_${name}=off`).join(" "));
  return nested.href;
}
