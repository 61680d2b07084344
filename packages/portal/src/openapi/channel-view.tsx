import type { ListedChannel } from "../asyncapi/read-asyncapi";
import type { Texts } from "./api-docs-texts";
import { SchemaView, TypeText } from "./schema-view";

/** One channel, with the scope that it needs and the events that come on it. */
export function ChannelView({ channel, t }: { channel: ListedChannel; t: Texts }) {
  const { id, address, summary, scopes } = channel;
  const groups = [
    { title: t("events"), messages: channel.events },
    { title: t("clientEvents"), messages: channel.clientEvents },
  ].filter(({ messages }) => messages.length > 0);
  return (
    <details id={`channel-${id}`}>
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 hover:bg-subtle">
        <code className="min-w-0 break-all text-sm">{address}</code>
        <span lang="en" className="min-w-0 flex-1 basis-64 text-muted text-sm">
          {summary}
        </span>
      </summary>
      <div lang="en" className="grid gap-5 px-4 pt-1 pb-5 text-sm">
        <p>
          {t("scope")} {scopes.length > 0 ? <code>{scopes.join(", ")}</code> : t("withoutAuthorization")}
        </p>
        {groups.map(({ title, messages }) => (
          <div key={title} className="min-w-0">
            <h3 className="mb-2 font-medium text-muted text-xs uppercase tracking-wide">{title}</h3>
            <ul className="grid gap-3">
              {messages.map((message) => (
                <li key={message.name} className="min-w-0">
                  <p className="flex flex-wrap items-baseline gap-x-2">
                    <code className="break-all font-medium">{message.name}</code>
                    <TypeText schema={message.payload} />
                  </p>
                  <p className="text-muted text-xs">{message.summary}</p>
                  {message.payload.properties ? <SchemaView schema={message.payload} /> : null}
                </li>
              ))}
            </ul>
          </div>
        ))}
      </div>
    </details>
  );
}
