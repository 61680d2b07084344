import { createLogger } from "@mgs/core/logger";
import { afterAll, expect, test } from "vitest";
import { logFrameworkConsole } from "./log-framework-console";

const lines: string[] = [];
const { error, warn } = console;
afterAll(() => Object.assign(console, { error, warn }));

test("logs the framework's messages as one JSON line, except errors that onRequestError logs", () => {
  logFrameworkConsole("commercial", createLogger("commercial", "info", { write: (line: string) => lines.push(line) }));
  console.error("\u001b[31m⨯\u001b[39m", new Error("broken\nin two lines"));
  console.warn(new Error("Failed to find Server Action"));
  console.error("`%s` does not match\n", "x".repeat(1_000));
  console.error("⨯", Object.assign(new Error("of a page"), { digest: "123" }));
  const logged = lines.map((line) => JSON.parse(line));
  expect(logged).toMatchObject([
    { level: 50, msg: "⨯", err: { message: "broken\nin two lines" } },
    { level: 40, msg: "framework", err: { message: "Failed to find Server Action" } },
    { level: 50 },
  ]);
  expect(lines.every((line) => line.trimEnd().split("\n").length === 1)).toBe(true);
  expect(logged[2]?.msg).toHaveLength(500);
});
