import { onLoggedError } from "@mgs/core/logged-errors";
import { hideSecrets } from "@mgs/core/redact";
import * as Sentry from "@sentry/node";
import { reportProcess } from "../processes/this-process";

/**
 * Reports the errors that this process logs, with the request's id and no other part of the request. It is loaded only when
 * SENTRY_DSN is set.
 * @returns a function that sends the last reports
 */
export function startSentry(name: string, dsn: string): () => Promise<void> {
  const { version, host } = reportProcess();
  Sentry.initWithoutDefaultIntegrations({
    dsn,
    release: version,
    serverName: host,
    environment: process.env.NODE_ENV ?? "production",
    // The defaults read requests, local variables, breadcrumbs of every call, source lines and installed modules.
    integrations: [Sentry.linkedErrorsIntegration(), Sentry.onUncaughtExceptionIntegration()],
    sendClientReports: false,
    maxBreadcrumbs: 0,
    initialScope: { tags: { process: name } },
    beforeSend: (event) => withoutPersonalData(event),
  });
  onLoggedError(({ message, error, requestId }) => {
    const tags = requestId === undefined ? {} : { request_id: requestId };
    if (error) Sentry.captureException(error, { tags, extra: { message } });
    else Sentry.captureMessage(message, { level: "error", tags });
  });
  return async () => {
    await Sentry.close(2_000);
  };
}

/** Keeps the origin of an error alone: names, texts without credentials, frames without source or variables. */
function withoutPersonalData(event: Sentry.ErrorEvent): Sentry.ErrorEvent {
  const { event_id, timestamp, platform, level, release, environment, server_name, tags, sdk, extra } = event;
  const text = typeof extra?.message === "string" ? extra.message : undefined;
  return {
    type: undefined,
    ...(event_id === undefined ? {} : { event_id }),
    ...(timestamp === undefined ? {} : { timestamp }),
    ...(platform === undefined ? {} : { platform }),
    ...(level === undefined ? {} : { level }),
    ...(release === undefined ? {} : { release }),
    ...(environment === undefined ? {} : { environment }),
    ...(server_name === undefined ? {} : { server_name }),
    ...(sdk === undefined ? {} : { sdk }),
    tags: { ...tags, ...(text === undefined ? {} : { log: hideSecrets(text).slice(0, 200) }) },
    ...(event.message === undefined ? {} : { message: hideSecrets(event.message) }),
    ...(event.exception?.values === undefined
      ? {}
      : {
          exception: {
            values: event.exception.values.map(({ type, value, stacktrace, mechanism }) => ({
              ...(type === undefined ? {} : { type }),
              ...(value === undefined ? {} : { value: hideSecrets(value) }),
              ...(mechanism === undefined ? {} : { mechanism }),
              stacktrace: {
                frames: (stacktrace?.frames ?? []).map(
                  ({ filename, function: name, lineno, colno, in_app, module }) => ({
                    ...(filename === undefined ? {} : { filename }),
                    ...(name === undefined ? {} : { function: name }),
                    ...(module === undefined ? {} : { module }),
                    ...(lineno === undefined ? {} : { lineno }),
                    ...(colno === undefined ? {} : { colno }),
                    ...(in_app === undefined ? {} : { in_app }),
                  }),
                ),
              },
            })),
          },
        }),
  };
}
