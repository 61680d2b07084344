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

  it("gives up on a reader that is gone, at once and for good", () => {
    let writes = 0;
    const output = createLogOutput(() => {
      writes++;
      throw failing("EPIPE");
    });
    output.write("a\n");
    output.write("b\n");
    expect(writes).toBe(1);
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
    expect(written.join("")).toBe("abcd\n");
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
