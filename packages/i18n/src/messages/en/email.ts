export const email = {
  brand: "MGS {portal}",
  portals: { administration: "Administration", commercial: "Commercial", "gestion-dossier": "Gestion-Dossier" },
  openPortal: "Open in {portal}",
  openLink: "Open the link",
  allNotifications: "All my notifications",
  reason: "You receive this e-mail because a notification was sent to you in {portal}.",
  greeting: "Hello {name},",
  noReply: "This message is automatic: nobody reads the replies.",
};
