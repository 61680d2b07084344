import { currentLocale } from "@mgs/portal/current-locale";
import { ApiDocsPage } from "@mgs/portal/openapi/api-docs-page";
import { currentSession, portal } from "../../../portal";

export const metadata = { title: "API" };

export default async function Page() {
  const [locale, document, events] = await Promise.all([
    currentLocale(currentSession),
    portal.openApi(),
    portal.asyncApi(),
  ]);
  return <ApiDocsPage portal="commercial" locale={locale} document={document} events={events} />;
}
