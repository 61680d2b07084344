import type { IncomingMessage, ServerResponse } from "node:http";
import type Provider from "oidc-provider";

type Mounted = { issuer: URL; answer: ReturnType<Provider["callback"]> };
const mounted = new WeakMap<Provider, Mounted>();

function mountedOf(provider: Provider): Mounted {
  let known = mounted.get(provider);
  if (!known) {
    known = { issuer: new URL(provider.issuer), answer: provider.callback() };
    mounted.set(provider, known);
  }
  return known;
}

/**
 * Answers a Node request with the provider, under any path of the host framework.
 * @param url the path and query that the visitor asked for, such as `/oauth/authorize?…`
 */
export async function answerWithProvider(
  provider: Provider,
  req: IncomingMessage,
  res: ServerResponse,
  url: string,
): Promise<void> {
  const { issuer, answer } = mountedOf(provider);
  // The library builds addresses from the request: it gets the issuer's host, never one that a visitor has written.
  delete req.headers["x-forwarded-host"];
  req.headers.host = issuer.host;
  req.headers["x-forwarded-proto"] = issuer.protocol.slice(0, -1);
  Object.assign(req, { url, originalUrl: url, baseUrl: "" });
  await new Promise<void>((resolve, reject) => {
    res.once("close", resolve);
    res.once("finish", resolve);
    Promise.resolve(answer(req, res)).catch(reject);
  });
}
