import { createHash, randomBytes } from "node:crypto";
import type { Portal } from "../../packages/core/src/portals";
import { TestBrowser } from "../../packages/oidc/src/testing/browser";
import { urlOf } from "../support/instance";
import { PASSWORD, REDIRECT_URI, type WebClient } from "./people";

export type Tokens = { access_token: string; refresh_token: string; id_token: string };

/** Follows redirects and submits the sign-in form, until a redirect leads to another site or to a page. */
async function follow(browser: TestBrowser, start: string, email: string): Promise<string> {
  const administration = urlOf("administration");
  let url = start;
  for (let hops = 0; hops < 20; hops++) {
    if (url.startsWith(REDIRECT_URI)) return url;
    const response = await browser.request(url);
    const location = response.headers.get("location");
    const form = new URL(url).pathname.startsWith("/interaction/");
    await response.arrayBuffer();
    if (location !== null) url = new URL(location, url).href;
    else if (form) url = await submit(browser, url, email);
    else return url;
  }
  throw new Error(`the sign-in at ${administration} goes round for ever`);
}

/** A person signs in from one machine: a notice of a new device would count as a side effect of whatever is tried meanwhile. */
const knownDevices = new Map<string, string>();
const DEVICE_COOKIE = "mgs.device";
const DEVICE_PATH = "/interaction";

async function submit(browser: TestBrowser, form: string, email: string): Promise<string> {
  const { origin, pathname } = new URL(form);
  const known = knownDevices.get(email);
  if (known !== undefined) browser.plant(DEVICE_COOKIE, known, DEVICE_PATH);
  const response = await browser.request(`${origin}${pathname}/login`, {
    method: "POST",
    headers: { accept: "application/json", origin },
    body: new URLSearchParams({ email, password: PASSWORD }),
  });
  const device = browser.cookie(DEVICE_COOKIE, `${DEVICE_PATH}/x`);
  if (device !== undefined) knownDevices.set(email, device);
  const answer = (await response.json()) as { data?: { redirect: string } };
  if (!answer.data) throw new Error(`sign-in of ${email}: ${JSON.stringify(answer)}`);
  return new URL(answer.data.redirect, form).href;
}

/** Opens the portals one after the other, so that the browser gets a session in each. */
export async function openPortals(email: string, portals: readonly Portal[]): Promise<TestBrowser> {
  const browser = new TestBrowser();
  for (const portal of portals) await follow(browser, `${urlOf(portal)}/login/oauth`, email);
  return browser;
}

export type Authorization = { code: string; verifier: string };

/** Gets an authorization code with a browser. */
export async function authorize(
  browser: TestBrowser,
  email: string,
  client: WebClient,
  scope: string,
): Promise<Authorization> {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: client.id,
    response_type: "code",
    redirect_uri: REDIRECT_URI,
    scope,
    state: "x",
    code_challenge: createHash("sha256").update(verifier).digest("base64url"),
    code_challenge_method: "S256",
  });
  const end = await follow(browser, `${urlOf("administration")}/oauth/authorize?${query}`, email);
  const code = new URL(end).searchParams.get("code");
  if (!code) throw new Error(`no code in ${end}`);
  return { code, verifier };
}

/** Calls an endpoint of the provider as a client. */
export async function askProvider(
  path: string,
  client: { id: string; secret: string },
  form: Record<string, string> | URLSearchParams,
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${urlOf("administration")}${path}`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}` },
    body: new URLSearchParams(form),
  });
  const content = await response.text();
  return { status: response.status, body: content === "" ? {} : JSON.parse(content) };
}

/** Gets the tokens of one person by one sign-in. */
export async function tokensOf(browser: TestBrowser, email: string, client: WebClient, scope: string): Promise<Tokens> {
  const { code, verifier } = await authorize(browser, email, client, scope);
  const { status, body } = await askProvider("/oauth/token", client, {
    grant_type: "authorization_code",
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  });
  if (status !== 200) throw new Error(`token endpoint: ${status} ${JSON.stringify(body)}`);
  return body as Tokens;
}
