import { expect, test } from "vitest";
import { runCommand } from "./command";

test("runCommand returns the output, also for an exit code that counts as success", async () => {
  expect(await runCommand(["sh", "-c", "cat; echo told >&2; exit 3"], { input: "given\n", also: [3] })).toBe(
    "given\ntold\n",
  );
  await expect(runCommand(["sh", "-c", "echo why; exit 3"])).rejects.toThrow(/ended with exit code 3:\nwhy/);
});

test("sends the answer when the program prompts, and not before", async () => {
  const asks = 'echo ready; printf "Replace? [y/N] "; read answer; echo "got $answer"';
  const output = await runCommand(["sh", "-c", asks], { answer: { to: /\[y\/N\]/, text: "y\n" } });
  expect(output).toBe("ready\nReplace? [y/N] got y\n");
});
