/**
 * Makes a URL of the same database for connections that join by nested loops alone, without memoizing. PostgreSQL joins tables
 * like this when it takes them for tiny, such as after an autovacuum at the wrong moment. A test with it fails when a part of
 * a statement that has to run once runs for each row.
 */
export function withNestedLoops(url: string): string {
  const others = ["hashjoin", "mergejoin", "hashagg", "sort", "material", "memoize"];
  const nested = new URL(url);
  nested.searchParams.set("options", others.map((name) => `-c enable_${name}=off`).join(" "));
  return nested.href;
}
