import { AppError } from "@mgs/core/errors";
import { showClient } from "@mgs/identity/clients/show-client";
import { countLiveAccessTokens } from "@mgs/oidc/client-payloads.repository";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { ApplicationPage } from "../../../../../features/console/applications/application-page";
import { getPageContext } from "../../../../../features/console/console-context";
import { currentSession, PageTexts } from "../../../../../portal";
import { endPrevious, revoke, rotate, save } from "../applications.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.applications.title);

type Props = { params: Promise<{ id: string }> };

export default async function Page({ params }: Props) {
  const [context, { id }] = await Promise.all([getPageContext(), params]);
  if (!context) return null;
  const { runtime, actor } = context;
  const client = await showClient({ ...runtime, countLiveAccessTokens }, actor, decodeId(id)).catch(
    (error: unknown) => {
      if (error instanceof AppError && error.code === "CLIENT_NOT_FOUND") return null;
      throw error;
    },
  );
  if (!client) notFound();
  return (
    <PageTexts groups={["draft"]}>
      <ApplicationPage context={context} client={client} actions={{ save, rotate, endPrevious, revoke }} />
    </PageTexts>
  );
}

/** The id of the address; one that is written wrongly is that of no client. */
function decodeId(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return "";
  }
}
