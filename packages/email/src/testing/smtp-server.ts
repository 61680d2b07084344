import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";
import PostalMime, { type Email } from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";

/** A real SMTP server, and the mails it took as a reader's program parses them. */
export type TestSmtp = {
  readonly url: string;
  readonly mails: readonly Email[];
  close(): Promise<void>;
};

/** @param options of `smtp-server`, to refuse what a test wants refused */
export async function startTestSmtp(options: SMTPServerOptions = {}): Promise<TestSmtp> {
  const mails: Email[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ["STARTTLS"],
    logger: false,
    onData(stream, _session, done) {
      buffer(stream)
        .then((bytes) => PostalMime.parse(bytes))
        .then((mail) => mails.push(mail))
        .then(() => done(), done);
    },
    ...options,
  });
  // A client that is killed breaks its connection; that is no event here.
  server.on("error", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.server.address() as AddressInfo;
  return { url: `smtp://127.0.0.1:${port}`, mails, close: () => new Promise((resolve) => server.close(resolve)) };
}

/** What a server answers to refuse. */
export const refusal = (responseCode: number, text: string) => Object.assign(new Error(text), { responseCode });
