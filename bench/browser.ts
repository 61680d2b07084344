import { createHash, randomBytes } from "node:crypto";
import { SCOPES } from "../packages/core/src/scopes";
import { createBasicHeader, WEB_CLIENT } from "./clients";
import { type Answer, Connection, createRequest } from "./connection";

export type Tokens = { access_token: string; refresh_token: string };

const FORM_HEADERS = { "content-type": "application/x-www-form-urlencoded" };

/** The parts of a browser that a sign-in needs: cookies, and one connection to one server. */
export class Browser {
  readonly #cookies = new Map<string, string>();
  readonly #connection: Connection;
  readonly #origin: string;

  private constructor(connection: Connection, port: number) {
    this.#connection = connection;
    this.#origin = `http://localhost:${port}`;
  }

  static async open(port: number): Promise<Browser> {
    return new Browser(await Connection.open(port), port);
  }

  async ask(method: string, target: string, more: { headers?: Record<string, string>; body?: string } = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const headers = { ...(cookie ? { cookie } : {}), ...more.headers };
    const path = target.startsWith("/") ? target : target.slice(new URL(target).origin.length);
    const answer = await this.#connection.ask(
      createRequest({ method, path, headers, ...(more.body ? { body: more.body } : {}) }),
    );
    for (const [, name = "", value = ""] of answer.headers.matchAll(/\r\nset-cookie: ([^=]+)=([^;\r\n]*)/gi)) {
      if (value === "") this.#cookies.delete(name);
      else this.#cookies.set(name, value);
    }
    return answer;
  }

  /**
   * Runs the whole code flow: authorize, the form when the provider shows it, code, token, userinfo.
   * @throws Error when it does not end with a person's claims
   */
  async signIn(credentials: { email: string; password: string }): Promise<Tokens> {
    const verifier = randomBytes(32).toString("base64url");
    const query = new URLSearchParams({
      client_id: WEB_CLIENT.id,
      response_type: "code",
      redirect_uri: WEB_CLIENT.redirectUri,
      scope: SCOPES.join(" "),
      state: "x",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: "S256",
    });
    let location = readLocation(await this.ask("GET", `/oauth/authorize?${query}`));
    if (location.includes("/interaction/")) {
      const { pathname } = new URL(location, this.#origin);
      await this.ask("GET", pathname);
      const headers = { ...FORM_HEADERS, accept: "application/json", origin: this.#origin };
      const body = new URLSearchParams(credentials).toString();
      const answer = await this.ask("POST", `${pathname}/login`, { headers, body });
      location = readLocation(await this.ask("GET", JSON.parse(answer.body).data.redirect));
    }
    const code = new URL(location).searchParams.get("code") ?? "";
    const tokens = await this.grant({
      grant_type: "authorization_code",
      code,
      redirect_uri: WEB_CLIENT.redirectUri,
      code_verifier: verifier,
    });
    const claims = await this.ask("GET", "/oauth/userinfo", {
      headers: { authorization: `Bearer ${tokens.access_token}` },
    });
    if (claims.status !== 200) throw new Error(`userinfo: ${claims.status} ${claims.body}`);
    return tokens;
  }

  /** Refreshes the tokens. @throws Error without new ones */
  async grant(parameters: Record<string, string>, client = WEB_CLIENT): Promise<Tokens> {
    const body = new URLSearchParams(parameters).toString();
    const headers = { ...FORM_HEADERS, authorization: createBasicHeader(client) };
    const { status, body: answer } = await this.ask("POST", "/oauth/token", { headers, body });
    if (status !== 200) throw new Error(`token endpoint: ${status} ${answer}`);
    return JSON.parse(answer);
  }

  /** Deletes all cookies. */
  forget(): void {
    this.#cookies.clear();
  }

  close(): void {
    this.#connection.close();
  }
}

function readLocation({ status, headers, body }: Answer): string {
  const location = /\r\nlocation: (\S+)/i.exec(headers)?.[1];
  if (!location) throw new Error(`expected a redirect, got ${status}: ${body.slice(0, 300)}`);
  return location;
}
