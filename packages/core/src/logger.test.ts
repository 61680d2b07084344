import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { type LoggedError, onLoggedError } from "./logged-errors";
import { createLogger } from "./logger";
import { isRequestId, withRequestId } from "./request-context";

function collect() {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger("test", "info", { write: (line) => void lines.push(JSON.parse(line)) });
  return { lines, logger };
}

describe("the logger", () => {
  it("writes the request id on every line of a request, also in nested calls", async () => {
    const { lines, logger } = collect();
    await withRequestId("request-1", async () => {
      await Promise.resolve();
      logger.child({ part: "a" }).info("inside");
    });
    logger.info("outside");
    expect(lines.map(({ request_id }) => request_id)).toEqual(["request-1", undefined]);
  });

  it("logs an error's text and stack without further properties", () => {
    const { lines, logger } = collect();
    const inner = new Error("connect to postgresql://mgs:pa55@db failed");
    const error = Object.assign(new Error("query with Bearer abc.def", { cause: inner }), {
      code: "23505",
      detail: "Key (email)=(a@b.mg)",
      config: { headers: { authorization: "x" } },
    });
    logger.error({ err: error, password: "pa55", nested: { token: "t0ken" } }, "failed");
    const text = JSON.stringify(lines);
    expect(text).toContain("23505");
    for (const secret of ["pa55", "abc.def", "a@b.mg", "authorization", "t0ken"]) expect(text).not.toContain(secret);
  });

  it("hides secret fields to the third level, also of bindings, without changing the caller's object", () => {
    const { lines, logger } = collect();
    const fields = {
      list: [{ token: "one" }],
      deep: { deeper: { cookie: "two", kept: 1 } },
      code: undefined,
      at: new Date(0),
    };
    logger.child({ secret: "three", part: { password: "four" } }).info(fields, "done");
    expect(lines[0]).toMatchObject({
      secret: "[hidden]",
      part: { password: "[hidden]" },
      list: [{ token: "[hidden]" }],
      deep: { deeper: { cookie: "[hidden]", kept: 1 } },
      at: "1970-01-01T00:00:00.000Z",
    });
    expect(fields.deep.deeper.cookie).toBe("two");
  });

  it("publishes lines of level error and above to onLoggedError", () => {
    const problems: LoggedError[] = [];
    onLoggedError((problem) => problems.push(problem));
    const { logger } = collect();
    logger.warn({ err: new Error("a") }, "warned");
    withRequestId("request-2", () => logger.error({ err: new Error("b") }, "failed"));
    expect(problems).toMatchObject([{ message: "failed", requestId: "request-2", error: { message: "b" } }]);
  });
});

describe("log output", () => {
  const argumentsOf = (code: string) => [
    ...["--import", "tsx", "--input-type=module", "-e"],
    `import { createLogger } from "./logger.ts";
    const logger = createLogger("child");
    ${code}`,
  ];
  const start = (code: string) =>
    spawn(process.execPath, argumentsOf(code), { cwd: import.meta.dirname, stdio: ["ignore", "pipe", "ignore"] });

  it("writes a line before the call returns", async () => {
    const child = start('logger.info("first"); logger.info("second"); process.kill(process.pid, "SIGKILL")');
    expect((await text(child.stdout)).match(/first|second/g)).toEqual(["first", "second"]);
  });

  it.each([
    ["before it ends", "setTimeout(() => process.exit(7), 500)"],
    ["in the moment in which it ends", "process.exit(7)"],
  ])("a process ends when the reader of its output has gone %s", async (_when, end) => {
    const child = start(`import { writeSync } from "node:fs";
      logger.error("ready");
      const gone = setInterval(() => {
        try { writeSync(1, "x"); } catch { clearInterval(gone); logger.info("nobody reads this"); ${end} }
      }, 10);`);
    child.stdout.once("data", () => child.stdout.destroy());
    const [code] = await once(child, "exit");
    expect(code).toBe(7);
  });

  it.skipIf(!existsSync("/dev/full"))("a process goes on whose disk is full", async () => {
    const full = openSync("/dev/full", "w");
    const child = spawn(
      process.execPath,
      argumentsOf('for (let n = 0; n < 10; n++) logger.error("line"); process.exitCode = 7'),
      { cwd: import.meta.dirname, stdio: ["ignore", full, "ignore"] },
    );
    const [code] = await once(child, "exit");
    closeSync(full);
    expect(code).toBe(7);
  });

  it.each([
    ["by itself", ""],
    ["by process.exit", "process.exit(0)"],
    [
      "by SIGTERM and its listener",
      'process.once("SIGTERM", () => process.exit(0)); process.kill(process.pid, "SIGTERM")',
    ],
    ["by an uncaught error", 'throw new Error("uncaught")'],
  ])("loses nothing when a process ends %s", async (_how, end) => {
    const child = start(`for (let n = 0; n < 5_000; n++) logger.info({ n }, "line");
      ${end}`);
    const lines = (await text(child.stdout)).trim().split("\n");
    expect(lines).toHaveLength(5_000);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ n: 4_999 });
  });
});

it.each([
  ["0f5c2f0e-9d53-4a3f-8a52-5f6a5c7d8e9f", true],
  ["abcd1234", true],
  ["short", false],
  ["a".repeat(65), false],
  ["line\nbreak-0", false],
  ['quote"0000', false],
  [undefined, false],
])("request id %j is valid: %s", (text, fit) => {
  expect(isRequestId(text)).toBe(fit);
});
