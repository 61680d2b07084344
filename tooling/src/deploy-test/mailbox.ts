import { spawn } from "node:child_process";
import { join } from "node:path";
import { ROOT } from "../paths";
import { createToolEnvironment, runCommand, waitUntil } from "./command";
import { endChild, type Network } from "./network";

const SMTP_PORT = 1025;
const WEB_PORT = 1080;

/** An SMTP server in the test's network, in place of a company's. */
export type Mailbox = {
  /** Makes its URL. @param host host name by which the sender reaches it */
  url(host: string): string;
  /** Waits until a mail with this subject has come. */
  received(subject: string): Promise<void>;
  close(): Promise<void>;
};

export async function startMailbox(network: Network): Promise<Mailbox> {
  const ports = ["--smtp", String(SMTP_PORT), "--web", String(WEB_PORT)];
  const [command = "", ...enter] = network.inside;
  const child = spawn(
    command,
    [...enter, process.execPath, join(ROOT, "node_modules/maildev/bin/maildev"), "--silent", ...ports],
    { env: { ...createToolEnvironment(), NODE_ENV: "production" }, stdio: "ignore" },
  );
  const ask = () => runCommand([...network.inside, "curl", "-fsS", `http://127.0.0.1:${WEB_PORT}/email`]);
  await waitUntil("the mailbox", 60_000, async () => (await ask()).startsWith("["));
  return {
    url: (host) => `smtp://${host}:${SMTP_PORT}`,
    received: (subject) =>
      waitUntil(`a mail "${subject}"`, 120_000, async () => {
        const mails = JSON.parse(await ask()) as { subject?: string }[];
        return mails.some((mail) => mail.subject?.includes(subject));
      }),
    close: () => endChild(child),
  };
}
