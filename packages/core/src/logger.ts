import { type Logger, pino } from "pino";
import { publishLoggedError } from "./logged-errors";
import { processSingleton } from "./process-singleton";
import { hideSecretFields, hideSecrets } from "./redact";
import { currentRequestId } from "./request-context";

export type { Logger };

/** pino's level number of errors. */
const ERROR_LEVEL = 50;
const MAX_CAUSE_DEPTH = 3;

type LogOutput = { write(line: string): void };

/** Lines wait up to this size while a full disk takes none; further lines are dropped. */
const MAX_WAITING_BYTES = 320 * 1_024;

/** Standard output. Each line is written before the call that logs it returns. */
const standardOutput = processSingleton("mgs.log-output", (): LogOutput => {
  const output = pino.destination({ dest: 1, sync: true, maxLength: MAX_WAITING_BYTES });
  // Without a listener the error of a full disk would end the process; pino writes the failed line with the next one.
  output.on("error", () => undefined);
  return output;
});

/**
 * Makes a logger that writes JSON lines to standard output, without secrets. A line that belongs to a request carries its
 * `request_id`; `onLoggedError` receives lines of level error and fatal.
 */
export function createLogger(name: string, level = "info", output: LogOutput = standardOutput()): Logger {
  const logger = pino(
    {
      name,
      level,
      // pino's own redaction walks every path for every line, which took a tenth of a short request's time.
      formatters: { log: hideSecretFields },
      serializers: { err: (error: unknown) => describeLoggedError(error) },
      mixin: () => {
        const requestId = currentRequestId();
        return requestId === undefined ? {} : { request_id: requestId };
      },
      hooks: {
        logMethod(args, method, level) {
          if (level >= ERROR_LEVEL) publishError(args);
          method.apply(this, hideAddressSecrets(args));
        },
      },
    },
    output,
  );
  // pino does not apply the formatter to bindings of children, so `child` hides their secrets; children inherit it.
  const { child } = logger;
  logger.child = function hiding(this: Logger, bindings: Parameters<typeof child>[0], options) {
    return Reflect.apply(child, this, [hideSecretFields(bindings), options]);
  } as typeof child;
  return logger;
}

type Described = { type: string; message: string; error_code?: string; stack?: string; cause?: Described };

/**
 * Picks an error's name, text and stack alone, since libraries attach queries, addresses and whole requests to theirs.
 */
function describeLoggedError(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: hideSecrets(String(error)) };
  return {
    type: error.name,
    message: hideSecrets(error.message),
    ...("code" in error && (typeof error.code === "string" || typeof error.code === "number")
      ? { error_code: String(error.code) }
      : {}),
    ...(error.stack === undefined ? {} : { stack: hideSecrets(error.stack) }),
    ...(error.cause === undefined || depth >= MAX_CAUSE_DEPTH
      ? {}
      : { cause: describeLoggedError(error.cause, depth + 1) }),
  };
}

/** Hides the credentials of addresses in a line's texts; returns the same array when no text has an address. */
function hideAddressSecrets<Args extends unknown[]>(args: Args): Args {
  if (!args.some((arg) => typeof arg === "string" && arg.includes("//"))) return args;
  return args.map((arg) => (typeof arg === "string" ? hideSecrets(arg) : arg)) as Args;
}

function publishError(args: readonly unknown[]): void {
  const [first, second] = args;
  const fields: object = typeof first === "object" && first !== null ? first : {};
  const error =
    first instanceof Error ? first : "err" in fields && fields.err instanceof Error ? fields.err : undefined;
  const text = typeof first === "string" ? first : typeof second === "string" ? second : "";
  publishLoggedError({
    message: hideSecrets(text || error?.message || "error"),
    error,
    requestId: currentRequestId(),
    at: new Date(),
  });
}
