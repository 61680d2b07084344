import { answerWithProvider } from "@mgs/oidc/mount";
import type { NextApiRequest, NextApiResponse, PageConfig } from "next";
import { portal } from "../../../portal";

/** The provider reads request bodies itself. */
export const config: PageConfig = { api: { bodyParser: false, externalResolver: true } };

/** Mounts the OpenID Connect provider, which needs Node's own request and response. */
export default async function oidc(req: NextApiRequest, res: NextApiResponse): Promise<void> {
  const provider = await portal.signIn().provider();
  const url = (req.url ?? "/").replace(/^\/api\/oidc/, "");
  await answerWithProvider(provider, req, res, url);
}
