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

/** Methods of smtp-server's connections that its types leave out. */
type Connection = {
  id: string;
  send(code: number, text: string): void;
  handler_EHLO(command: Buffer, done: () => void): void;
  handler_HELO(command: Buffer, done: () => void): void;
};

/**
 * @param options of `smtp-server`, to refuse what a test wants refused
 * @param isGreetingTaken refuses clients by the name with which they say EHLO or HELO
 */
export async function startTestSmtp(
  options: SMTPServerOptions = {},
  isGreetingTaken: (name: string) => boolean = () => true,
): Promise<TestSmtp> {
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
    onConnect({ id }, done) {
      const connections = server.connections as unknown as ReadonlySet<Connection>;
      const connection = [...connections].find((each) => each.id === id);
      for (const handler of ["handler_EHLO", "handler_HELO"] as const) {
        const usual = connection?.[handler].bind(connection);
        if (!connection || !usual) throw new Error("smtp-server has other connections than this expects");
        connection[handler] = (command, goOn) => {
          if (isGreetingTaken(command.toString().split(/\s+/)[1] ?? "")) return usual(command, goOn);
          connection.send(550, "5.7.1 Helo command rejected: need fully-qualified hostname");
          goOn();
        };
      }
      done();
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
