import { personPagePath } from "@mgs/core/portal-links";
import { peopleListPath } from "@mgs/identity/links";

/** Addresses of the console's pages. A page with filters makes its own addresses with them. */

export const sentPath = (): string => "/console/notifications";

export const sentDetailPath = (id: string): string => `${sentPath()}/${id}`;

export const queuesPath = (): string => "/console/files-d-attente";

export const realtimePath = (): string => "/console/temps-reel";

export const secondFactorRolesPath = (): string => "/console/second-facteur";

export const healthPath = (): string => "/console/sante";

export const applicationsPath = (): string => "/console/applications";

export const newApplicationPath = (): string => `${applicationsPath()}/nouvelle`;

export const applicationPath = (clientId: string): string => `${applicationsPath()}/${encodeURIComponent(clientId)}`;

export const sessionsPath = (): string => "/console/sessions";

export const keysPath = (): string => "/console/cles";

export const maintenancePath = (): string => "/console/maintenance";

export const peoplePath = (): string => peopleListPath();

export const invitePath = (): string => `${peoplePath()}/inviter`;

export const personPath = personPagePath;

export const leavingPath = (id: number): string => `${personPath(id)}/depart`;

export const batchJobPath = (id: string): string => `${peoplePath()}/taches/${id}`;

export const rolesPath = (): string => "/console/roles";

export const newRolePath = (): string => `${rolesPath()}/nouveau`;

export const rolePath = (slug: string): string => `${rolesPath()}/${encodeURIComponent(slug)}`;

export const whoCanPath = (): string => "/console/acces";
