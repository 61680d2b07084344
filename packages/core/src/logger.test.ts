import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { describe, expect, it } from "vitest";
import { createLogOutput } from "./log-output";
import { createLogger } from "./logger";
import { onProblem, type Problem } from "./problems";
import { isRequestId, withRequestId } from "./request-context";

function collect() {
  const lines: Record<string, unknown>[] = [];
  const logger = createLogger("test", "info", { write: (line) => void lines.push(JSON.parse(line)) });
  return { lines, logger };
}

describe("the logger", () => {
  it("puts the request's id on every line of its work, however deep", async () => {
    const { lines, logger } = collect();
    await withRequestId("request-1", async () => {
      await Promise.resolve();
      logger.child({ part: "a" }).info("inside");
    });
    logger.info("outside");
    expect(lines.map(({ request_id }) => request_id)).toEqual(["request-1", undefined]);
  });

  it("tells of an error its text and no more", () => {
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

  it("hides secret fields to the third level, of bindings too, and changes nothing of its caller's", () => {
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

  it("announces errors and nothing less", () => {
    const problems: Problem[] = [];
    onProblem((problem) => problems.push(problem));
    const { logger } = collect();
    logger.warn({ err: new Error("a") }, "warned");
    withRequestId("request-2", () => logger.error({ err: new Error("b") }, "failed"));
    expect(problems).toMatchObject([{ message: "failed", requestId: "request-2", error: { message: "b" } }]);
  });
});

describe("log output", () => {
  const failing = (code: string) => Object.assign(new Error(code), { code });
  const collecting = () => {
    const writes: string[] = [];
    const write = (bytes: Uint8Array) => writes.push(Buffer.from(bytes).toString()) && bytes.length;
    return { writes, output: createLogOutput(write) };
  };

  it("writes lines that come together at once, soon and in their order", async () => {
    const { writes, output } = collecting();
    for (const line of ["a\n", "b\n", "c\n"]) output.write(line);
    expect(writes).toEqual([]);
    await expect.poll(() => writes).toEqual(["a\nb\nc\n"]);
    output.write("d\n");
    await expect.poll(() => writes).toEqual(["a\nb\nc\n", "d\n"]);
  });

  it("writes now when it is told to, and when much has gathered", () => {
    const { writes, output } = collecting();
    output.write("a\n");
    output.flush();
    expect(writes).toEqual(["a\n"]);
    output.write("b".repeat(40_000));
    expect(writes).toHaveLength(2);
  });

  it("writes an error before the call returns, with what came before it", () => {
    const { writes, output } = collecting();
    const logger = createLogger("test", "info", output);
    logger.info("first");
    logger.error("second");
    expect(writes.join("").match(/first|second/g)).toEqual(["first", "second"]);
  });

  it("gives up on a reader that is gone, at once and for good", () => {
    let writes = 0;
    const output = createLogOutput(() => {
      writes++;
      throw failing("EPIPE");
    });
    output.write("a\n");
    output.flush();
    output.write("b\n");
    output.flush();
    expect(writes).toBe(1);
  });

  it("goes on when a full disk has room again", () => {
    const written: string[] = [];
    let full = true;
    const output = createLogOutput((bytes) => {
      if (full) throw failing("ENOSPC");
      written.push(Buffer.from(bytes).toString());
      return bytes.length;
    });
    output.write("a\n");
    output.flush();
    full = false;
    output.write("b\n");
    output.flush();
    expect(written).toEqual(["b\n"]);
  });

  it("waits for a slow reader and finishes the line", () => {
    const written: string[] = [];
    let calls = 0;
    const output = createLogOutput((bytes) => {
      if (calls++ % 2 === 0) throw failing("EAGAIN");
      written.push(Buffer.from(bytes.subarray(0, 2)).toString());
      return Math.min(2, bytes.length);
    });
    output.write("abcd\n");
    output.flush();
    expect(written.join("")).toBe("abcd\n");
  });

  it("keeps nobody waiting for a slow reader before it has to", async () => {
    let full = true;
    let text = "";
    let tries = 0;
    const output = createLogOutput((bytes) => {
      tries++;
      if (full) throw failing("EAGAIN");
      text += Buffer.from(bytes).toString();
      return bytes.length;
    });
    output.write(`${"a".repeat(40_000)}\n`);
    output.write("b\n");
    // Whoever waits for a full pipe tries it again and again.
    expect(tries).toBeLessThanOrEqual(2);
    full = false;
    await expect.poll(() => text.endsWith("a\nb\n")).toBe(true);
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
    const code = `import { createLogger } from "./logger.ts";
      const logger = createLogger("child");
      for (let n = 0; n < 500; n++) logger.info({ n }, "line");
      ${end}`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      cwd: import.meta.dirname,
      stdio: ["ignore", "pipe", "ignore"],
    });
    const lines = (await text(child.stdout)).trim().split("\n");
    expect(lines).toHaveLength(500);
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ n: 499 });
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
])("request id %j is fit: %s", (text, fit) => {
  expect(isRequestId(text)).toBe(fit);
});
