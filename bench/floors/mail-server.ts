// No floor but a stand-in for the company's mail server: takes every mail and forgets it, so that the local mailbox,
// which parses and keeps what it gets, does not count as the product's work.
import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";
import { reportReady } from "../children";

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ["STARTTLS"],
  logger: false,
  onData(stream, _session, done) {
    stream.resume().on("end", () => done());
  },
});
server.on("error", () => undefined);
server.listen(0, "127.0.0.1", () => reportReady((server.server.address() as AddressInfo).port));
