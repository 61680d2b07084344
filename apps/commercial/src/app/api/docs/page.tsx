import { currentLocale } from "@mgs/portal/current-locale";
import { ApiDocsPage } from "@mgs/portal/openapi/api-docs-page";
import { currentSession, portal } from "../../../portal";

export const metadata = { title: "API" };

export default async function Page() {
  const [locale, document] = await Promise.all([currentLocale(currentSession), portal.openApi()]);
  return <ApiDocsPage portal="commercial" locale={locale} document={document} />;
}
