import { type Logger, pino } from "pino";
import { once } from "./once";
import { announceProblem } from "./problems";
import { hideSecretFields, hideSecrets } from "./redact";
import { currentRequestId } from "./request-context";

export type { Logger };

/** pino's number for errors. */
const ERROR = 50;
const DEEPEST_CAUSE = 3;

type LogOutput = { write(line: string): void };

/** Bytes of lines that wait while a full disk takes none; further lines are dropped. */
const MAX_WAITING_BYTES = 320 * 1_024;

/** This process's standard output. Each line is written before the call that logs it returns. */
const standardOutput = once("mgs.log-output", (): LogOutput => {
  const output = pino.destination({ dest: 1, sync: true, maxLength: MAX_WAITING_BYTES });
  // Without a listener the error of a full disk would end the process; pino writes what failed with the next line.
  output.on("error", () => undefined);
  return output;
});

/**
 * JSON lines on standard output, secrets left out. A line of work for a request carries its `request_id`; a line of level
 * error or fatal is announced to `onProblem`.
 */
export function createLogger(name: string, level = "info", output: LogOutput = standardOutput()): Logger {
  const logger = pino(
    {
      name,
      level,
      // pino's own redaction walks every path for every line: a tenth of what a short request took.
      formatters: { log: hideSecretFields },
      serializers: { err: (error: unknown) => describe(error) },
      mixin: () => {
        const requestId = currentRequestId();
        return requestId === undefined ? {} : { request_id: requestId };
      },
      hooks: {
        logMethod(args, method, level) {
          if (level >= ERROR) announce(args);
          method.apply(this, withoutAddresses(args));
        },
      },
    },
    output,
  );
  // Formatters of bindings are not for those of children; these inherit `child` from here.
  const { child } = logger;
  logger.child = function hiding(this: Logger, bindings: Parameters<typeof child>[0], options) {
    return Reflect.apply(child, this, [hideSecretFields(bindings), options]);
  } as typeof child;
  return logger;
}

type Described = { type: string; message: string; error_code?: string; stack?: string; cause?: Described };

/**
 * An error's name, text and stack and nothing else: libraries hang queries, addresses and whole requests on theirs.
 */
function describe(error: unknown, depth = 0): Described {
  if (!(error instanceof Error)) return { type: typeof error, message: hideSecrets(String(error)) };
  return {
    type: error.name,
    message: hideSecrets(error.message),
    ...("code" in error && (typeof error.code === "string" || typeof error.code === "number")
      ? { error_code: String(error.code) }
      : {}),
    ...(error.stack === undefined ? {} : { stack: hideSecrets(error.stack) }),
    ...(error.cause === undefined || depth >= DEEPEST_CAUSE ? {} : { cause: describe(error.cause, depth + 1) }),
  };
}

/** Texts of a line with an address in them, credentials hidden; the same array where there are none. */
function withoutAddresses<Args extends unknown[]>(args: Args): Args {
  if (!args.some((arg) => typeof arg === "string" && arg.includes("//"))) return args;
  return args.map((arg) => (typeof arg === "string" ? hideSecrets(arg) : arg)) as Args;
}

function announce(args: readonly unknown[]): void {
  const [first, second] = args;
  const fields: object = typeof first === "object" && first !== null ? first : {};
  const error =
    first instanceof Error ? first : "err" in fields && fields.err instanceof Error ? fields.err : undefined;
  const text = typeof first === "string" ? first : typeof second === "string" ? second : "";
  announceProblem({
    message: hideSecrets(text || error?.message || "error"),
    error,
    requestId: currentRequestId(),
    at: new Date(),
  });
}
