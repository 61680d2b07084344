import { listSigningKeys } from "@mgs/oidc/keys/list-signing-keys";
import { can } from "@mgs/oidc/permissions";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../features/console/console-context";
import { KeysPage } from "../../../../features/console/keys/keys-page";
import { currentSession } from "../../../../portal";
import { rotate } from "./keys.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.keys.title);

export default async function Page() {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor, texts } = context;
  const keys = await listSigningKeys(runtime, actor);
  return <KeysPage texts={texts} keys={keys} rotate={can(actor, "keys.rotate") ? rotate : undefined} />;
}
