import { listHandOvers } from "@mgs/identity/batches/show-batch-job";
import { listConsents } from "@mgs/identity/consents/list-consents";
import { listDevices } from "@mgs/identity/devices/list-devices";
import { listImpersonations } from "@mgs/identity/impersonation/list-impersonations";
import { showPerson } from "@mgs/identity/people/list-people";
import { can } from "@mgs/identity/permissions";
import { listRoleChoices } from "@mgs/identity/roles/list-roles";
import { describeSecondFactor } from "@mgs/identity/second-factor/describe-second-factor";
import { pageTitle } from "@mgs/portal/page-title";
import { getPageContext } from "../../../../../features/console/console-context";
import { ConsentsCard } from "../../../../../features/people/consents-card";
import { HistoryCard } from "../../../../../features/people/history-card";
import { ImpersonationCard } from "../../../../../features/people/impersonation-card";
import { LockoutCard } from "../../../../../features/people/lockout-card";
import { orNotFound, readPersonId } from "../../../../../features/people/or-not-found";
import { PersonDevices } from "../../../../../features/people/person-devices";
import { PersonPage } from "../../../../../features/people/person-page";
import { currentSession, PageTexts } from "../../../../../portal";
import { endImpersonations, impersonate } from "../impersonation.action";
import {
  edit,
  enable,
  endDevice,
  endDevices,
  force,
  giveRole,
  removeDevice,
  resetFactor,
  sendLink,
  withdrawFor,
} from "../people.action";
import { release } from "./lockout.action";

export const generateMetadata = () => pageTitle(currentSession, (t) => t.console.people.title);

export default async function Page({ params }: { params: Promise<{ id: string }> }) {
  const context = await getPageContext();
  if (!context) return null;
  const { runtime, actor } = context;
  const userId = readPersonId((await params).id);
  const person = await orNotFound(showPerson(runtime, actor, userId));
  const { locale } = context.texts;
  const [roles, factor, handOvers, devices, consents, running] = await Promise.all([
    listRoleChoices(runtime, actor),
    describeSecondFactor(runtime, actor, { userId }),
    listHandOvers(runtime, actor, userId),
    can(actor, "devices.read", { userId }) ? listDevices(runtime, actor, { userId, locale }) : null,
    can(actor, "consents.manage", { userId }) ? listConsents(runtime, actor, { userId }) : null,
    can(actor, "accounts.impersonate") ? listImpersonations(runtime, actor, { userId }) : null,
  ]);
  const actions = { edit, giveRole, sendLink, force, resetFactor, enable };
  const deviceActions = { end: endDevice, remove: removeDevice, endAll: endDevices.bind(null, userId) };
  return (
    <PageTexts groups={["draft"]}>
      <PersonPage
        {...{ context, person, roles, factor, handOvers, actions }}
        notice={<LockoutCard {...{ context, person, release }} />}
      >
        {running ? (
          <ImpersonationCard
            texts={context.texts}
            {...{ person, running }}
            actions={{ impersonate, endImpersonations }}
          />
        ) : null}
        {devices ? <PersonDevices {...{ devices, locale }} actions={deviceActions} /> : null}
        {consents ? (
          <ConsentsCard
            {...{ consents, texts: context.texts, name: person.name }}
            withdraw={withdrawFor.bind(null, userId)}
          />
        ) : null}
        <HistoryCard context={context} userId={userId} />
      </PersonPage>
    </PageTexts>
  );
}
