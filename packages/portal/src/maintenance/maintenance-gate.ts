import type { IncomingMessage, ServerResponse } from "node:http";
import { AppError } from "@mgs/core/errors";
import type { Portal } from "@mgs/core/portals";
import { readCookies } from "@mgs/http/cookies";
import { fail } from "@mgs/http/envelope";
import { writeResponse } from "@mgs/http/fast-path/answer-node";
import { requestIdOf } from "@mgs/http/request-id";
import { type Session, type SessionSource, sessionActor } from "@mgs/identity/portal-session";
import { isUnderWay, type MaintenanceDto } from "@mgs/maintenance/contract/maintenance";
import type { MaintenanceReader } from "@mgs/maintenance/maintenance-reader";
import { can } from "@mgs/maintenance/permissions";
import { createAnswerHeaders, type PagePolicySettings } from "../answer-headers";
import { readPreferences } from "../preferences";
import { writeMaintenancePage } from "./maintenance-page";

type GateSettings = {
  portal: Portal;
  policy: PagePolicySettings;
  reader: MaintenanceReader;
  sessions: SessionSource;
};

/**
 * Addresses that stay open: health and metrics, the provider's endpoints (nobody loses a session because a token could not be
 * refreshed), the way in for administrators, the way out, also out of another person's name, sockets, logout tokens, and built files.
 */
const OPEN_PATTERN =
  /^\/(?:health\/|metrics$|oauth\/|\.well-known\/|interaction\/|login\/|logout(?:$|\/)|broadcasting\/|api\/auth\/|api\/maintenance$|api\/impersonation\/end$|_next\/static\/|icon\.svg$)/;

/** Programs call these addresses. */
const API_PATTERN = /^\/(?:api|broadcasting)\//;

/** Closes a portal while a maintenance is under way. */
export type MaintenanceGate = {
  /**
   * Tells at once that a request may go on. False: `answer` decides. While no maintenance is known it costs a comparison of times,
   * since every request of the API passes here.
   */
  isOpen(pathname: string): boolean;
  /** Answers the request with 503, unless its caller may pass. @returns whether it was answered */
  answer(pathname: string, request: IncomingMessage, response: ServerResponse): Promise<boolean>;
};

export function createMaintenanceGate({ portal, policy, reader, sessions }: GateSettings): MaintenanceGate {
  /** Finds the session of a cookie, which alone passes: a token acts for a program. */
  async function findSession(request: IncomingMessage): Promise<Session | null> {
    const { cookie } = request.headers;
    if (cookie === undefined) return null;
    return sessions.find(readCookies(new Headers({ cookie }))[sessions.cookieName]).catch(() => null);
  }

  const mayPass = (session: Session): boolean =>
    session.mayOpen && can(sessionActor(session, portal), "maintenance.pass");

  return {
    isOpen(pathname) {
      const known = reader.peek();
      return known === null || OPEN_PATTERN.test(pathname);
    },
    async answer(pathname, request, response) {
      const maintenance = await reader.read();
      if (!maintenance || !isUnderWay(maintenance, Date.now())) return false;
      const session = await findSession(request);
      if (session && mayPass(session)) return false;
      await refuse({ portal, policy, maintenance, pathname, session }, request, response);
      return true;
    },
  };
}

type Refusal = Pick<GateSettings, "portal" | "policy"> & {
  maintenance: MaintenanceDto;
  pathname: string;
  session: Session | null;
};

async function refuse(
  { portal, policy, maintenance, pathname, session }: Refusal,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  // What was to be posted is not read: the connection stays usable when it is thrown away.
  request.resume();
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, String(value));
  }
  const cookies = readCookies(headers);
  const { locale, theme } = readPreferences((name) => cookies[name], headers.get("accept-language"));
  const { nonce, always } = createAnswerHeaders(policy, pathname);
  const isPage =
    request.method === "GET" && !API_PATTERN.test(pathname) && headers.get("accept")?.includes("text/html") === true;
  const { retry_seconds } = maintenance;
  const actingFor = session?.impersonation ? session.user.name : null;
  const answer = isPage
    ? new Response(writeMaintenancePage({ portal, locale, theme, nonce, maintenance, actingFor }), {
        status: 503,
        headers: {
          "content-type": "text/html; charset=utf-8",
          "cache-control": "no-store",
          "retry-after": String(retry_seconds),
          vary: "Accept, Accept-Language, Cookie",
        },
      })
    : fail(new AppError("MAINTENANCE", { retryAfter: retry_seconds }), locale, requestIdOf(headers), {
        extra: { data: maintenance },
      });
  const sent = request.method === "HEAD" ? new Response(null, answer) : answer;
  await writeResponse(sent, request, response, always);
}
