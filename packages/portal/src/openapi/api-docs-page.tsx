import type { Locale } from "@mgs/core/locale";
import { asyncApiPath, openApiPath } from "@mgs/core/portal-links";
import type { Portal } from "@mgs/core/portals";
import { messagesFor } from "@mgs/i18n/catalogue";
import { Badge } from "@mgs/ui/badge";
import { buttonStyles } from "@mgs/ui/button";
import { PortalMark } from "@mgs/ui/portal-mark";
import type { ComponentProps, ReactNode } from "react";
import { type AsyncApiView, listChannels } from "../asyncapi/read-asyncapi";
import { createTexts, type Texts } from "./api-docs-texts";
import { ChannelView } from "./channel-view";
import {
  type ListedOperation,
  type OpenApiView,
  operationsByTag,
  type Parameter,
  refName,
  scopesOf,
} from "./read-document";
import { Property, SchemaView } from "./schema-view";

const METHOD_TONES: Readonly<Record<string, ComponentProps<typeof Badge>["tone"]>> = {
  GET: "accent",
  POST: "success",
  PUT: "warning",
  PATCH: "warning",
  DELETE: "danger",
};

type ApiDocsPageProps = { portal: Portal; locale: Locale; document: OpenApiView; events: AsyncApiView };

/**
 * `/api/docs`: the portal's API as its OpenAPI document describes it, drawn by the server without a script. The descriptions are in English, as
 * the document is.
 */
export function ApiDocsPage({ portal, locale, document, events }: ApiDocsPageProps) {
  const t = createTexts(locale);
  const groups = operationsByTag(document);
  const schemas = Object.entries({ ...events.components?.schemas, ...document.components?.schemas });
  const channels = listChannels(events);
  return (
    <main id="main" data-portal={portal} className="mx-auto w-full max-w-5xl px-4 py-8 sm:px-8">
      <PortalMark portal={portal} size="lg" />
      <h1 className="mt-6 text-balance font-semibold text-display">
        {t("title", { portal: messagesFor(locale).shell.portals[portal] })}
      </h1>
      <p className="mt-2 max-w-prose text-muted">{t("intro")}</p>
      <p className="mt-4 flex flex-wrap gap-2">
        <a href={openApiPath()} className={buttonStyles({ variant: "secondary", size: "sm" })}>
          {t("download")}
        </a>
        <a href={asyncApiPath()} className={buttonStyles({ variant: "secondary", size: "sm" })}>
          {t("downloadEvents")}
        </a>
      </p>
      <nav aria-label={t("contents")} className="mt-8">
        <ul className="flex flex-wrap gap-2">
          {groups.map(({ name, operations }) => (
            <li key={name}>
              <a href={`#${anchor(name)}`} className={buttonStyles({ variant: "ghost", size: "sm" })}>
                <span lang="en">{name}</span>
                <span className="text-muted tabular-nums">{operations.length}</span>
              </a>
            </li>
          ))}
          <li>
            <a href="#live-events" className={buttonStyles({ variant: "ghost", size: "sm" })}>
              {t("liveEvents")}
              <span className="text-muted tabular-nums">{channels.length}</span>
            </a>
          </li>
          <li>
            <a href="#schemas" className={buttonStyles({ variant: "ghost", size: "sm" })}>
              {t("schemas")}
            </a>
          </li>
        </ul>
      </nav>
      {groups.map(({ name, operations }) => (
        <section key={name} aria-labelledby={anchor(name)} className="mt-10 scroll-mt-6">
          <h2 id={anchor(name)} lang="en" className="font-semibold text-title">
            {name}
          </h2>
          <div className="mt-3 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
            {operations.map((operation) => (
              <OperationView key={operation.operationId} operation={operation} document={document} t={t} />
            ))}
          </div>
        </section>
      ))}
      <section aria-labelledby="live-events" className="mt-10">
        <h2 id="live-events" className="scroll-mt-6 font-semibold text-title">
          {t("liveEvents")}
        </h2>
        <p className="mt-2 max-w-prose text-muted">{t("liveEventsIntro")}</p>
        <div className="mt-3 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
          {channels.map((channel) => (
            <ChannelView key={channel.id} channel={channel} t={t} />
          ))}
        </div>
      </section>
      <section aria-labelledby="schemas" className="mt-10">
        <h2 id="schemas" className="font-semibold text-title">
          {t("schemas")}
        </h2>
        <div className="mt-3 divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface shadow-card">
          {schemas.map(([name, schema]) => (
            <details key={name} id={`schema-${name}`}>
              <summary className="cursor-pointer px-4 py-3 font-medium font-mono text-sm hover:bg-subtle">
                {name}
              </summary>
              <div lang="en" className="px-4 pb-4">
                <SchemaView schema={schema} />
              </div>
            </details>
          ))}
        </div>
      </section>
    </main>
  );
}

const anchor = (tag: string): string => `tag-${tag.replace(/\W+/g, "-")}`;

type OperationProps = { operation: ListedOperation; document: OpenApiView; t: Texts };

function OperationView({ operation, document, t }: OperationProps) {
  const { method, path, summary, description, requestBody, responses } = operation;
  const scopes = scopesOf(operation);
  const body = Object.entries(requestBody?.content ?? {});
  const parameters = (operation.parameters ?? []).map((one) => resolveParameter(one, document));
  return (
    <details id={operation.operationId}>
      <summary className="flex cursor-pointer flex-wrap items-center gap-x-3 gap-y-1 px-4 py-3 hover:bg-subtle">
        <Badge tone={METHOD_TONES[method] ?? "neutral"}>{method}</Badge>
        <code className="min-w-0 break-all text-sm">{path}</code>
        <span lang="en" className="min-w-0 flex-1 basis-64 text-muted text-sm">
          {summary}
        </span>
      </summary>
      <div lang="en" className="grid gap-5 px-4 pt-1 pb-5 text-sm">
        {description ? <p className="max-w-prose whitespace-pre-line text-muted">{description}</p> : null}
        {scopes.length > 0 ? (
          <p>
            {t("scope")} <code>{scopes.join(", ")}</code>
          </p>
        ) : null}
        {parameters.length > 0 ? (
          <Part title={t("parameters")}>
            <ul className="grid gap-2">
              {parameters.map((one) => (
                <li key={`${one.in} ${one.name}`}>
                  <Property name={one.name} schema={one.schema ?? {}} required={one.required ?? false} place={one.in} />
                  {one.description ? <p className="ps-4 text-muted text-xs">{one.description}</p> : null}
                </li>
              ))}
            </ul>
          </Part>
        ) : null}
        {body.map(([type, { schema, example }]) => (
          <Part key={type} title={`${t("body")} ${type}`}>
            <SchemaView schema={schema ?? {}} />
            {example === undefined ? null : (
              <pre className="mt-3 overflow-x-auto rounded-lg bg-subtle p-3 text-xs">
                {JSON.stringify(example, null, 2)}
              </pre>
            )}
          </Part>
        ))}
        <Part title={t("answers")}>
          <ul className="grid gap-3">
            {Object.entries(responses).map(([status, response]) => {
              const named = response.$ref ? document.components?.responses?.[refName(response.$ref)] : response;
              const schema = Object.values(response.content ?? {})[0]?.schema;
              return (
                <li key={status}>
                  <p>
                    <code className="font-semibold">{status}</code>{" "}
                    <span className="whitespace-pre-line text-muted">{named?.description}</span>
                  </p>
                  {schema && Number(status) < 300 ? <SchemaView schema={schema} /> : null}
                </li>
              );
            })}
          </ul>
        </Part>
      </div>
    </details>
  );
}

/** A parameter that the document names once. */
function resolveParameter(parameter: Parameter & { $ref?: string }, { components }: OpenApiView): Parameter {
  return parameter.$ref ? (components?.parameters?.[refName(parameter.$ref)] ?? parameter) : parameter;
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-2 font-medium text-muted text-xs uppercase tracking-wide">{title}</h3>
      {children}
    </div>
  );
}
