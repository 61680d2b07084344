// The clients of a benchmark, in a process of their own: thousands of subscribers of one channel that count.

import { DIALECTS, type Dialect, type DialectName } from "./dialects";
import type { FleetCommand, FleetReport } from "./fleet";
import { BareWebSocket } from "./web-socket";

/** Events are longer than every other message of a server. */
const MIN_EVENT_BYTES = 150;
const SENT_AT_PATTERN = /sentAt\\*":\\*"(\d+)/;

const clients: { socket: BareWebSocket; received: number }[] = [];
let connected = 0;
let closed = 0;
let received = 0;
let expected = Number.POSITIVE_INFINITY;
let timed = false;
let times: number[] = [];

const tell = (report: FleetReport): void => void process.send?.(report);

/** Reads the clock that processes of one machine share, in microseconds. */
const now = (): number => Number(process.hrtime.bigint() / 1_000n);

function open(port: number, channel: string, dialect: Dialect, onReady: () => void): void {
  let isReady = false;
  const client = {
    received: 0,
    socket: new BareWebSocket(
      port,
      dialect.path(channel),
      (_, payload) => {
        if (isReady && payload.length >= MIN_EVENT_BYTES) {
          client.received++;
          received++;
          if (timed) times.push(now() - Number(SENT_AT_PATTERN.exec(payload.toString("latin1"))?.[1] ?? Number.NaN));
          if (received === expected) tell({ kind: "all", at: now() });
          return;
        }
        const { send, ready } = dialect.answer(payload.toString("latin1"), channel);
        if (send !== undefined) client.socket.send(send);
        if (!ready || isReady) return;
        isReady = true;
        connected++;
        onReady();
      },
      () => {
        closed++;
      },
    ),
  };
  clients.push(client);
}

/** Connects many clients at a time, without overflowing the listen queue. */
function connectAll(count: number, port: number, channel: string, dialect: Dialect): void {
  let opened = 0;
  const next = (): void => {
    if (opened < count) {
      opened++;
      open(port, channel, dialect, next);
    }
    if (connected === count) tell({ kind: "connected", at: now() });
  };
  for (let index = 0; index < Math.min(200, count); index++) next();
}

process.on("message", (command: FleetCommand) => {
  switch (command.kind) {
    case "connect":
      connectAll(command.count, command.port, command.channel, DIALECTS[command.dialect as DialectName]);
      break;
    case "expect":
      received = 0;
      times = [];
      timed = command.timed;
      for (const client of clients) client.received = 0;
      expected = command.each * clients.length;
      tell({ kind: "expecting" });
      break;
    case "report": {
      const each = clients.map((client) => client.received);
      tell({ kind: "report", received, least: Math.min(...each), most: Math.max(...each), closed, times });
      break;
    }
  }
});
process.on("disconnect", () => process.exit());
tell({ kind: "expecting" });
