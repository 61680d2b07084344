import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { AppError } from "@mgs/core/errors";
import type { CommandContext } from "@mgs/module/command";
import { Failed } from "./failed";

/** More than any password of ours. */
const MAX_PASSWORD_BYTES = 8_192;
const GENERATED_BYTES = 15;

/** 120 random bits, in twenty characters that are easily copied. */
export function generatePassword(): string {
  return randomBytes(GENERATED_BYTES).toString("base64url");
}

/**
 * The new password: asked for twice on a terminal, without an echo, else the first line of standard input. Never an
 * argument, which other people on the machine could read.
 * @throws AppError VALIDATION_ERROR when there is none
 */
export async function readPassword(context: CommandContext): Promise<string> {
  const password = context.input.isTTY ? await askTwice(context) : await firstLine(context);
  if (password === "") throw new AppError("VALIDATION_ERROR", { details: [{ path: "password", message: "REQUIRED" }] });
  return password;
}

async function askTwice(context: CommandContext): Promise<string> {
  const first = await ask(context, "New password: ");
  if (first !== (await ask(context, "The same again: "))) throw new Failed("The two passwords differ.");
  return first;
}

function ask({ input, terminal, complain }: CommandContext, question: string): Promise<string> {
  if (terminal) terminal.write(question);
  else complain(question);
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const asking = createInterface({ input, output: silent, terminal: true });
  return new Promise((resolve, reject) => {
    asking.once("SIGINT", () => {
      asking.close();
      reject(new Failed("Interrupted."));
    });
    asking.question("", (answer) => {
      asking.close();
      terminal?.write("\n");
      resolve(answer);
    });
  });
}

async function firstLine({ input }: CommandContext): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of input) {
    const bytes = Buffer.from(chunk);
    chunks.push(bytes);
    size += bytes.length;
    if (size > MAX_PASSWORD_BYTES || bytes.includes("\n")) break;
  }
  return Buffer.concat(chunks).toString("utf8").split(/\r?\n/, 1)[0] ?? "";
}
