// Floor of sign-ins and grants: oidc-provider in one process with the plainest durable adapter, configured as the product's
// provider is, and an interaction without authentication. Clients and the person are constants.
import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import Provider from "oidc-provider";
import { reportReady } from "../children";
import { CLIENT, WEB_CLIENT } from "../clients";
import { createPlainAdapter } from "./provider-adapter";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });

const adapter = await createPlainAdapter(process.env.DATABASE_URL ?? "");
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  const provider = new Provider(`http://localhost:${port}`, {
    adapter,
    jwks: { keys: [{ ...privateKey.export({ format: "jwk" }), kid: "floor", alg: "RS256", use: "sig" } as never] },
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [],
        response_types: [],
        grant_types: ["client_credentials"],
        scope: "notifications:send",
      },
      {
        client_id: WEB_CLIENT.id,
        client_secret: WEB_CLIENT.secret,
        redirect_uris: [WEB_CLIENT.redirectUri],
        response_types: ["code"],
        grant_types: ["authorization_code", "refresh_token"],
        scope: "openid profile email notifications:send",
      },
    ],
    scopes: ["openid", "profile", "email", "notifications:send"],
    claims: { openid: ["sub"], profile: ["name", "locale", "role"], email: ["email", "email_verified"] },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    rotateRefreshToken: true,
    issueRefreshToken: async () => true,
    expiresWithSession: async () => true,
    findAccount: async (_ctx, sub) => ({
      accountId: sub,
      claims: async () => ({ sub, name: "Floor", locale: "fr", role: "direction", email: "floor@mgs.mg" }),
    }),
    loadExistingGrant: async ({ oidc }) => {
      const clientId = oidc.client?.clientId ?? "";
      const known = oidc.session?.grantIdFor(clientId);
      if (known) return oidc.provider.Grant.find(known);
      const grant = new oidc.provider.Grant({ accountId: oidc.session?.accountId ?? "", clientId });
      grant.addOIDCScope("openid profile email notifications:send");
      await grant.save();
      return grant;
    },
    interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
    features: { devInteractions: { enabled: false }, clientCredentials: { enabled: true } },
    cookies: { keys: ["floor"] },
    routes: { authorization: "/oauth/authorize", token: "/oauth/token", userinfo: "/oauth/userinfo" },
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    const path = request.url ?? "/";
    if (!path.startsWith("/interaction/")) return answer(request, response);
    if (request.method === "GET") return response.end("<form>");
    request.resume();
    const result = { login: { accountId: "100001" } };
    const redirect = await provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ data: { redirect } }));
  });
  reportReady(port);
});
