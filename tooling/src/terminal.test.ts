import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "./paths";

const PROGRAM = `
  import { ignoreClosedOutput, say } from ${JSON.stringify(join(ROOT, "tooling", "src", "terminal.ts"))};
  ignoreClosedOutput();
  process.stdin.resume().once("end", () => {
    say("one");
    setImmediate(() => say("two"));
    process.once("beforeExit", () => process.stderr.write("ended in order"));
  });
`;

test("a command goes on to its end when the reader of its output has ended, as head does", async () => {
  const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", PROGRAM], { cwd: ROOT });
  let complaints = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaints += chunk.toString();
  });
  const ended = once(child, "close");
  child.stdout.destroy();
  if (!child.stdout.closed) await once(child.stdout, "close");
  child.stdin.end();
  expect(await ended).toEqual([0, null]);
  expect(complaints).toContain("ended in order");
});
