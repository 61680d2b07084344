import type { NextApiRequest, NextApiResponse } from "next";
import NextAuth, { type AuthOptions } from "next-auth";

export type NextAuthCall = {
  method: "GET" | "POST";
  action: "signin" | "callback";
  query: Record<string, string>;
  cookies: Record<string, string>;
  body?: Record<string, string>;
};

export type NextAuthAnswer = { status: number; location: string | null; cookies: string[]; body: unknown };

/**
 * Calls NextAuth's Node handler with exactly the request we want it to see. Its App Router handler reads cookies from
 * the framework, which leaves no room for one set of cookies an attempt.
 */
export async function callNextAuth(options: AuthOptions, call: NextAuthCall): Promise<NextAuthAnswer> {
  const answer: NextAuthAnswer = { status: 200, location: null, cookies: [], body: undefined };
  const headers = new Map<string, unknown>();
  const req = {
    method: call.method,
    query: { ...call.query, nextauth: [call.action, "mgs"] },
    cookies: call.cookies,
    headers: {},
    body: call.body ?? {},
  };
  const res = {
    status(code: number) {
      answer.status = code;
      return res;
    },
    getHeader: (name: string) => headers.get(name.toLowerCase()),
    setHeader(name: string, value: unknown) {
      headers.set(name.toLowerCase(), value);
      return res;
    },
    end: () => res,
    json(body: unknown) {
      answer.body = body;
      return res;
    },
    send(body: unknown) {
      answer.body = body;
      return res;
    },
  };
  // The handler touches nothing but what stands here; building whole Node streams for it would only hide that.
  await NextAuth(req as unknown as NextApiRequest, res as unknown as NextApiResponse, options);
  const location = headers.get("location");
  const cookies = headers.get("set-cookie");
  return {
    ...answer,
    location: typeof location === "string" ? location : null,
    cookies: Array.isArray(cookies) ? cookies.map(String) : [],
  };
}
