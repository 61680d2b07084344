import { refusal, startTestSmtp, type TestSmtp } from "@mgs/email/testing/smtp-server";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Collector, type LogLine, startCollector, startProcess, type TestProcess } from "./testing/processes";
import { createStage, type Stage } from "./testing/stage";

const TOKEN = "metrics-token-0123456789";
const TEXTS = { titre: "Marqueur-de-titre", message: "Marqueur-de-message" };
let stage: Stage;
let smtp: TestSmtp;
let traces: Collector;
let sentry: Collector;
let administration: TestProcess;
let worker: TestProcess;
let realtime: TestProcess;

beforeAll(async () => {
  [stage, traces, sentry] = await Promise.all([createStage(), startCollector(), startCollector()]);
  // The stage's accounts have fixed ids, so the sequence has to start above them.
  await stage.test.database.$executeRaw`SELECT setval('users_id_seq', 1000)`;
  smtp = await startTestSmtp({
    onRcptTo: ({ address }, _session, done) =>
      done(address === "jane@mgs.example" ? refusal(550, "5.1.1 jane@mgs.example is unknown") : undefined),
  });
  const { host } = new URL(sentry.url);
  const watched = {
    ...stage.environment(smtp.url),
    LOG_LEVEL: "info",
    METRICS_TOKEN: TOKEN,
    OTEL_EXPORTER_OTLP_ENDPOINT: traces.url,
    SENTRY_DSN: `http://public@${host}/1`,
  };
  realtime = await startProcess("realtime-server", "main", { ...watched, REALTIME_PORT: "0" });
  administration = await startProcess("worker", "testing/send-process", watched);
  worker = await startProcess("worker", "main", {
    ...watched,
    PUSHER_PORT: String(realtime.port),
    OAUTH_SERVER_URL: `http://127.0.0.1:${administration.port}`,
    ADMINISTRATION_URL: `http://127.0.0.1:${administration.port}`,
    CANARY_INTERVAL: "10",
  });
});
afterAll(async () => {
  await Promise.all([administration?.end(), worker?.end(), realtime?.end()]);
  await Promise.all([smtp?.close(), traces?.close(), sentry?.close()]);
  await stage.close();
});

async function post(userId: number, requestId: string): Promise<Response> {
  return fetch(`http://127.0.0.1:${administration.port}/api/notifications/send`, {
    method: "POST",
    headers: {
      authorization: "Bearer machine:erp",
      "content-type": "application/json",
      "x-request-id": requestId,
    },
    body: JSON.stringify({ user_id: userId, type: "essai", ...TEXTS }),
  });
}

const linesOf = ({ lines }: TestProcess, requestId: string): LogLine[] =>
  lines.filter(({ request_id }) => request_id === requestId);
const within = { timeout: 60_000, interval: 100 };

describe("observability of one request through every process", () => {
  it("has one request id in all logs, in the broadcast's HTTP call and in the mail", async () => {
    const id = "request-from-outside-1";
    expect((await post(1, id)).headers.get("x-request-id")).toBe(id);
    await expect
      .poll(
        () =>
          linesOf(worker, id)
            .map(({ kind, msg }) => `${kind} ${msg}`)
            .sort(),
        within,
      )
      .toEqual(["notification.broadcast sent", "notification.email sent"]);
    // Each process flushes its log lines with a delay of its own.
    await expect
      .poll(() => linesOf(administration, id), within)
      .toMatchObject([{ msg: "request", method: "POST", status: 201 }]);
    await expect.poll(() => linesOf(realtime, id).map(({ msg }) => msg), within).toEqual(["published", "published"]);
    const mail = smtp.mails.find(({ to }) => to?.[0]?.address === "rivo@mgs.example");
    expect(mail?.headers.find(({ key }) => key === "x-request-id")?.value).toBe(id);
  });

  it.each(["short", "not well-formed", `${"a".repeat(65)}`])("replaces the invalid request id %j", async (given) => {
    const answered = (await post(1, given)).headers.get("x-request-id") ?? "";
    expect(answered).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("is one trace from the POST to the mail, without personal data or text", async () => {
    const before = smtp.mails.length;
    await post(1, "request-traced-1");
    await expect.poll(() => smtp.mails.length, within).toBeGreaterThan(before);
    type Span = { traceId: string; name: string; service: string; text: string };
    const spans = (): Span[] =>
      traces.bodies.flatMap(({ text }) =>
        JSON.parse(text).resourceSpans.flatMap(
          (resource: {
            resource: { attributes: { key: string; value: { stringValue: string } }[] };
            scopeSpans: { spans: { traceId: string; name: string }[] }[];
          }) => {
            const service = resource.resource.attributes.find(({ key }) => key === "service.name")?.value.stringValue;
            return resource.scopeSpans.flatMap(({ spans }) =>
              spans.map((span) => ({ ...span, service, text: JSON.stringify(span) })),
            );
          },
        ),
      );
    const traceOfMail = () => {
      const mails = spans().filter(({ name }) => name === "send mail");
      return mails
        .map(({ traceId }) => spans().filter((span) => span.traceId === traceId))
        .find(
          (trace) =>
            trace.some(({ service, name }) => service === "mgs-administration" && name.startsWith("POST")) &&
            trace.some(({ name }) => name === "deliver notification.broadcast"),
        );
    };
    await expect.poll(() => traceOfMail()?.length ?? 0, within).toBeGreaterThan(4);
    const services = () => [...new Set(traceOfMail()?.map(({ service }) => service))].sort();
    await expect.poll(services, within).toEqual(["mgs-administration", "mgs-realtime-server", "mgs-worker"]);
    await expect.poll(() => traceOfMail()?.some(({ name }) => name.startsWith("pg")), within).toBe(true);
    const all = traces.bodies.map(({ text }) => text).join();
    for (const hidden of [TEXTS.titre, TEXTS.message, "rivo@mgs.example", "auth_signature", "machine:erp"]) {
      expect(all).not.toContain(hidden);
    }
  });

  it("reports a permanent failure to Sentry with the request id, without body, address or header", async () => {
    await post(2, "request-refused-1");
    await expect.poll(() => sentry.bodies.map(({ text }) => text).join(), within).toContain("request-refused-1");
    const report = sentry.bodies.map(({ text }) => text).join();
    expect(report).toContain("SMTP: 550 5.1.1 RCPT TO");
    for (const hidden of ["jane@mgs.example", TEXTS.titre, TEXTS.message, "authorization", "Bearer"]) {
      expect(report).not.toContain(hidden);
    }
  });

  it("appears in the metrics, which need the token", async () => {
    const ask = async (port: number, headers: Record<string, string> = {}) => {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`, { headers });
      return { status: response.status, text: await response.text() };
    };
    for (const { port } of [worker, realtime]) {
      expect((await ask(port)).status).toBe(401);
      expect((await ask(port, { authorization: "Bearer wrong" })).status).toBe(401);
    }
    const authorization = `Bearer ${TOKEN}`;
    const wanted = [
      /mgs_deliveries_total\{kind="notification.email",result="sent",process="worker"\} \d+/,
      /mgs_deliveries_total\{kind="notification.email",result="dead",process="worker"\} 1/,
      /mgs_outbox_rows\{queue="emails",state="dead",process="worker"\} 1/,
      /mgs_outbox_lag_seconds\{queue="emails",process="worker"\} 0/,
      /mgs_queue_jobs\{queue="emails",state="waiting",process="worker"\} \d/,
      /mgs_sessions_live\{seen="1d",process="worker"\} 0/,
      /mgs_pg_pool_connections\{state="open",process="worker"\} [1-9]/,
      /mgs_http_request_duration_seconds_count\{[^}]*route="\/metrics",status="401"[^}]*\} 2/,
      /nodejs_eventloop_lag_seconds/,
    ];
    // A result is counted after its log line, and gauges are cached for 15 s.
    const missing = async () => {
      const { text } = await ask(worker.port, { authorization });
      return wanted.filter((line) => !line.test(text));
    };
    await expect.poll(missing, { timeout: 60_000, interval: 500 }).toEqual([]);
    expect((await ask(realtime.port, { authorization })).text).toMatch(
      /mgs_realtime_events_published_total\{process="realtime-server"\} [1-9]/,
    );
  });
});

it("the canary measures socket and mail through the API, with a hidden account", async () => {
  const runs = () => stage.test.database.canaryRun.findMany({ where: { finishedAt: { not: null }, error: null } });
  await expect.poll(async () => (await runs()).length, { timeout: 100_000, interval: 250 }).toBeGreaterThan(0);
  const [run] = await runs();
  expect(run?.socketMs).toBeGreaterThan(0);
  expect(run?.mailMs).toBeGreaterThan(0);
  expect(smtp.mails.some(({ to }) => to?.[0]?.address === "canary@mgs.localhost")).toBe(true);
  expect(await stage.test.database.user.findMany({ where: { hidden: true } })).toHaveLength(1);
});

it("lists every process on the health page, the realtime server by the worker's report", async () => {
  const names = async () => (await stage.test.database.processHeartbeat.findMany()).map(({ name }) => name).sort();
  await expect.poll(names, within).toEqual(["realtime-server", "worker"]);
});

it("logs no text of a notification", () => {
  for (const { text } of [administration, worker, realtime]) {
    expect(text()).not.toBe("");
    for (const hidden of [...Object.values(TEXTS), "machine:erp", TOKEN, "test-secret"])
      expect(text()).not.toContain(hidden);
  }
});
