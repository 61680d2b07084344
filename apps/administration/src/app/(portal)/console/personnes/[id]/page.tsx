import { listHandOvers } from "@mgs/identity/batches/show-batch-job";
import { showPerson } from "@mgs/identity/people/list-people";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { describeSecondFactor } from "@mgs/identity/second-factor/describe-second-factor";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../../features/console/console-context";
import { orNotFound, readPersonId } from "../../../../../features/people/or-not-found";
import { PersonPage } from "../../../../../features/people/person-page";
import { currentSession } from "../../../../../portal";
import { edit, enable, force, giveRole, resetFactor, sendLink } from "../people.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.title);

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor } = context;
  const userId = readPersonId((await params).id);
  const person = await orNotFound(showPerson(runtime, actor, userId));
  const [roles, factor, handOvers] = await Promise.all([
    listRoleChoices(runtime, actor),
    describeSecondFactor(runtime, actor, { userId }),
    listHandOvers(runtime, actor, userId),
  ]);
  const actions = { edit, giveRole, sendLink, force, resetFactor, enable };
  return <PersonPage {...{ context, person, roles, factor, handOvers, actions }} />;
}
