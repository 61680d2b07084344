import { hideSecrets } from "@mgs/core/redact";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace";

/** Attributes that identify a visitor, and queries of addresses, which contain authorization codes and searches. */
const PERSONAL_ATTRIBUTES: ReadonlySet<string> = new Set([
  "url.query",
  "client.address",
  "http.client_ip",
  "net.peer.ip",
  "network.peer.address",
  "user_agent.original",
  "http.user_agent",
  "db.user",
]);
const ADDRESS_ATTRIBUTES: ReadonlySet<string> = new Set(["url.full", "http.url", "http.target", "next.span_name"]);

/** Wraps an exporter: it removes personal data and secrets from spans, whichever library made them. */
export function withoutPersonalData(exporter: SpanExporter): SpanExporter {
  return {
    export: (spans, done) => exporter.export(spans.map(removePersonalData), done),
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}

function removePersonalData(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes)
      .filter(([key]) => !PERSONAL_ATTRIBUTES.has(key))
      .map(([key, value]) => {
        if (typeof value !== "string") return [key, value];
        return [key, hideSecrets(ADDRESS_ATTRIBUTES.has(key) ? (value.split("?")[0] ?? "") : value)];
      }),
  );
  return new Proxy(span, {
    get(target, property) {
      if (property === "attributes") return attributes;
      // An exception's text may quote a person's text. Logs have it, under the trace's time and request id.
      if (property === "events") return [];
      if (property === "name") return target.name.split("?")[0];
      const value: unknown = Reflect.get(target, property, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
