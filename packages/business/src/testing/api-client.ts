import type { UserActor } from "@mgs/core/actor";
import { AppError } from "@mgs/core/errors";
import { createLogger } from "@mgs/core/logger";
import type { RouteTableDocs } from "@mgs/http/route-docs";
import { createRouter } from "@mgs/http/router";
import { checkAnswer } from "@mgs/http/testing/check-answer";
import { BUSINESS } from "../modules";

const ORIGIN = "http://g.test";

/** Every route of the business, and what the API's document says of it. */
export const ROUTES = BUSINESS.flatMap(({ routes = [] }) => routes);
export const DOCS: RouteTableDocs = Object.assign({}, ...(await Promise.all(BUSINESS.map((one) => one.openApi?.()))));

/**
 * Calls the API as a person, and checks each answer against its document.
 * @param deps what the routes need of the process
 * @param onSuccess hears the key of each documented route that has answered
 */
export function createApiClient(deps: () => object, onSuccess: (route: string) => void = () => undefined) {
  return (actor: UserActor | null) => {
    const publisher = { trigger: async () => undefined, read: async () => ({ users: [] }) };
    const router = createRouter(
      {
        ownOrigin: ORIGIN,
        logger: createLogger("test", "silent"),
        authenticate: async () => {
          if (!actor) throw new AppError("UNAUTHENTICATED");
          return { actor, via: "bearer" };
        },
      },
      [{ routes: ROUTES as never, deps: { publisher, ...deps() } }],
    );
    return async (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) => {
      const isJson = body !== undefined && !(body instanceof Uint8Array);
      const request = new Request(`${ORIGIN}/api${path}`, {
        method,
        headers: { ...(isJson ? { "content-type": "application/json" } : {}), ...headers },
        ...(body === undefined ? {} : { body: isJson ? JSON.stringify(body) : (body as Uint8Array<ArrayBuffer>) }),
      });
      const response = await router.fetch(request);
      const key = await checkAnswer({ routes: ROUTES, docs: DOCS } as never, request, response);
      if (key !== undefined) onSuccess(key);
      const isAnswer = response.headers.get("content-type")?.startsWith("application/json");
      const json = (isAnswer ? await response.json() : {}) as {
        data: never;
        error?: { code: string; message: string };
        pagination?: Record<string, number>;
      };
      const { status, headers: answered } = response;
      return { status, code: json.error?.code, json, data: json.data as Record<string, unknown>, headers: answered };
    };
  };
}
