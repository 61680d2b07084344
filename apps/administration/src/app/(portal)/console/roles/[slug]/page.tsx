import { listRoles } from "@mgs/identity/roles/list-roles";
import { pageTitle } from "@mgs/portal/page-title";
import { notFound } from "next/navigation";
import { getPageContext } from "../../../../../features/console/console-context";
import { permissionGroups } from "../../../../../features/roles/permission-groups";
import { RolePage } from "../../../../../features/roles/role-page";
import { currentSession, PageTexts } from "../../../../../portal";
import { remove, save } from "../roles.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.roles.title);

export default async function Page({ params }: { params: Promise<{ slug: string }> }) {
  const context = await getPageContext();
  if (!context) return null;
  const { slug } = await params;
  const roles = await listRoles(context.runtime, context.actor);
  const role = roles.find((one) => one.slug === slug) ?? notFound();
  const others = roles.filter((one) => one.slug !== slug);
  return (
    <PageTexts groups={["draft"]}>
      <RolePage {...{ context, role, others, save, remove }} groups={permissionGroups()} />
    </PageTexts>
  );
}
