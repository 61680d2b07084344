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

export const keysPath = (): string => "/console/cles";

export const maintenancePath = (): string => "/console/maintenance";
