import { hideSecrets } from "@mgs/core/redact";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace";

/** Who a visitor is, and what addresses carry behind the question mark: authorization codes, searches. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  "url.query",
  "client.address",
  "http.client_ip",
  "net.peer.ip",
  "network.peer.address",
  "user_agent.original",
  "http.user_agent",
  "db.user",
]);
const ADDRESSES: ReadonlySet<string> = new Set(["url.full", "http.url", "http.target", "next.span_name"]);

/** An exporter that hands spans on without personal data or secrets, whichever library made them. */
export function withoutPersonalData(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(cleaned), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function cleaned(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes)
      .filter(([key]) => !LEFT_OUT.has(key))
      .map(([key, value]) => {
        if (typeof value !== "string") return [key, value];
        return [key, hideSecrets(ADDRESSES.has(key) ? (value.split("?")[0] ?? "") : value)];
      }),
  );
  return new Proxy(span, {
    get(target, property) {
      if (property === "attributes") return attributes;
      // An exception's text may quote what a person wrote; logs have it, by the trace's time and request id.
      if (property === "events") return [];
      if (property === "name") return target.name.split("?")[0];
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
