/** Tells everybody whether the portals are closed, or will be; answered also while they are. */
export const maintenanceApiPath = (): string => "/api/maintenance";
