export const email = {
  brand: "MGS {portal}",
  portals: { administration: "Administration", commercial: "Commercial", "gestion-dossier": "Gestion-Dossier" },
  openPortal: "Ouvrir dans {portal}",
  openLink: "Ouvrir le lien",
  allNotifications: "Toutes mes notifications",
  reason: "Vous recevez cet e-mail parce qu’une notification vous a été adressée dans {portal}.",
  greeting: "Bonjour {name},",
  noReply: "Cet envoi est automatique : les réponses ne sont lues par personne.",
};
