import type { Locale } from "@mgs/core/locale";

/** What each permission allows, in French. English has the descriptions of the permissions themselves. */
export const PERMISSION_TEXTS_FR: Readonly<Record<string, string>> = {
  "portal.open": "Ouvrir un portail",
  "people.search": "Chercher des collègues par leur nom ou leur adresse",
  "notification.send": "Envoyer une notification à une personne",
  "roles.manage": "Ajouter, modifier et supprimer des rôles",
  "keys.rotate": "Renouveler la clé de signature, à temps ou immédiatement",
  "console.open": "Ouvrir la console",
  "accounts.read": "Voir tous les comptes, même désactivés",
  "people.read": "Lire tous les comptes et leur état par l’API",
  "accounts.export": "Exporter les comptes dans un fichier",
  "accounts.import": "Créer et modifier des personnes à partir d’un fichier",
  "accounts.manage":
    "Inviter, modifier, désactiver et réactiver des personnes, leur donner un rôle, exiger un nouveau mot de passe",
  "lockouts.release": "Débloquer une personne après des essais de connexion ratés",
  "accounts.impersonate":
    "Agir dans les portails au nom d’une personne sans droits d’administration, pendant 30 minutes",
  "roles.read": "Voir les rôles, et qui peut faire ou ouvrir quelque chose grâce à eux",
  "devices.read": "Voir les appareils connectés d’une personne",
  "devices.end": "Déconnecter et retirer les appareils d’une personne",
  "sessions.configure": "Régler la durée des sessions et des jetons",
  "sessions.end-everyone": "Mettre fin aux sessions de tout le monde",
  "sessions.end": "Mettre fin à toutes les sessions d’une personne",
  "clients.read": "Voir les applications enregistrées",
  "clients.manage": "Enregistrer, modifier, importer et révoquer des applications, renouveler leur secret",
  "consents.manage": "Voir et retirer les autorisations qu’une personne a données à des applications",
  "second-factor.require": "Choisir les rôles pour lesquels un second facteur est obligatoire",
  "keys.read": "Voir les clés de signature, leur état et leurs dates",
  "calendar.manage": "Modifier et confirmer les jours fériés d’une année",
  "absence.read": "Voir ses absences, et les collègues que l’on remplace",
  "absence.name": "Désigner la personne qui remplace pendant une absence, et mettre fin à la sienne",
  "dossiers.read-all":
    "Voir tous les dossiers ; les autres voient ceux qu’ils ont ouverts, qui leur sont confiés, qu’ils suivent, sur lesquels leur avis est demandé ou auxquels on leur a donné accès",
  "dossiers.open": "Ouvrir un dossier",
  "dossiers.work": "Modifier les dossiers que l’on voit, les faire avancer, demander des avis et tenir des séances",
  "dossiers.decide": "Valider ou rejeter les dossiers que l’on voit",
  "dossiers.reopen": "Rouvrir les dossiers décidés ou clôturés que l’on voit",
  "dossiers.grant": "Donner à d’autres l’accès aux dossiers que l’on voit",
  "comments.moderate":
    "Supprimer et masquer les commentaires d’autres personnes sur les dossiers et séances que l’on voit, et traiter les signalements",
  "comment-words.manage": "Tenir la liste des mots qu’aucun commentaire ne peut contenir",
  "messages.read-history":
    "Lire ce que disaient les messages modifiés ou supprimés des conversations dont on fait partie",
  "dossier-types.manage": "Définir les types de dossiers : champs, liste de pièces, délai et responsable par défaut",
  "maintenance.manage": "Fermer les portails pour maintenance, et les rouvrir",
  "maintenance.pass": "Travailler dans les portails pendant une maintenance",
  "audit.read": "Consulter, vérifier et exporter le journal d’audit",
  "queues.read": "Voir les files d’attente, leur évolution et les livraisons en échec",
  "queues.pause": "Mettre une file en pause et la reprendre",
  "deliveries.retry": "Relancer les livraisons en échec",
  "notification.send-to-several": "Choisir plusieurs destinataires dans le formulaire d’envoi",
  "sent.read": "Voir tout ce qui a été envoyé, avec les livraisons",
  "sent.retry": "Relancer les livraisons en échec de ce qui a été envoyé",
  "health.summary": "Voir sur le tableau de bord si les parties du système répondent",
  "health.read": "Voir les processus et les mesures du canari",
  "channels.read": "Voir les canaux, leurs membres, leurs propriétaires et les statistiques",
  "connections.read": "Compter les appareils connectés d’une personne",
  "connections.close": "Couper les connexions d’une personne",
  "test-event.send": "Envoyer un événement d’essai sur un canal",
};

/** Describes a permission. @param description the permission's own, in English */
export function describePermission(action: string, description: string, locale: Locale): string {
  return locale === "fr" ? (PERMISSION_TEXTS_FR[action] ?? description) : capitalized(description);
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
