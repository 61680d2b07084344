import type { AuditActionTexts } from "@mgs/core/audit-actions";

/**
 * The sentence of each action of the audit trail. `{actor}` begins it ("Un visiteur", "Alice Rabe"); `{subject}` is the subject's
 * name, `{user}` that of the person concerned ("un compte inconnu" without one), `{reason}` the words for the reason of the details;
 * every other text and number of the details is there under its name.
 */
export const auditActions = {
  "sign-in": {
    succeeded: "{actor} s’est connecté",
    refused: "Connexion refusée pour {user}",
  },
  proof: {
    refused: "{actor} n’a pas confirmé son identité : mot de passe incorrect",
  },
  audit: {
    exported: "{actor} a exporté le journal",
    removed:
      "{removed, plural, one {# ligne ancienne du journal a été retirée} other {# lignes anciennes du journal ont été retirées}}, selon la durée de conservation",
  },
  session: {
    ended: "{actor} a mis fin à une session de {user} ({reason})",
    removed: "{actor} a retiré un appareil de {user} de la liste",
  },
  sessions: {
    "ended-everywhere": "{actor} a mis fin aux sessions de tout le monde",
    "lifetimes-changed": "{actor} a changé la durée des sessions",
  },
  user: {
    activated: "{subject} a activé son compte",
    invited: "{actor} a invité {subject}",
    "lockout-released": "{actor} a levé le blocage des connexions de {subject}",
    "not-me": "{subject} a signalé une activité qui n’était pas la sienne",
    "password-changed": "{subject} a changé son mot de passe",
    "password-forgotten": "Un lien a été demandé pour remplacer le mot de passe oublié de {subject}",
    "password-reset": "{subject} a remplacé son mot de passe par le lien reçu par e-mail",
    created: "{actor} a créé le compte de {subject}",
    disabled: "{actor} a désactivé le compte de {subject}",
    enabled: "{actor} a réactivé le compte de {subject}",
    "password-set": "{actor} a défini un nouveau mot de passe pour {subject}",
    updated: "{actor} a modifié le compte de {subject}",
    "role-changed": "{actor} a donné à {subject} le rôle {role}",
    "password-change-forced": "{actor} a exigé un nouveau mot de passe de {subject}",
    "holdings-handed-over": "{actor} a confié à {to} ce que détenait {subject}",
  },
  users: {
    "batch-cancelled": "{actor} a arrêté un traitement de comptes",
    exported: "{actor} a exporté {count, plural, =0 {une liste vide de comptes} one {# compte} other {# comptes}}",
    imported: "{actor} a importé {added, plural, =0 {des comptes} one {# compte} other {# comptes}}",
  },
  role: {
    created: "{actor} a créé le rôle {name}",
    updated: "{actor} a modifié le rôle {name}",
    deleted: "{actor} a supprimé le rôle {name}",
  },
  impersonation: {
    started: "{actor} a commencé à agir au nom de {subject} : {why}",
    acted: "{actor} : requête {method} {path}",
    ended: "{actor} a cessé d’agir au nom de {subject} ({reason})",
  },
  passkey: {
    added: "{actor} a ajouté une clé d’accès au compte de {subject}",
    removed: "{actor} a retiré une clé d’accès du compte de {subject}",
  },
  totp: {
    added: "{actor} a ajouté une application d’authentification au compte de {subject}",
    removed: "{actor} a retiré l’application d’authentification du compte de {subject}",
  },
  "recovery-codes": {
    renewed: "{actor} a créé de nouveaux codes de secours pour {subject}",
    used: "{actor} a utilisé un code de secours du compte de {subject}",
  },
  "second-factor": {
    refused: "Second facteur refusé pour {subject}",
    reset: "{actor} a réinitialisé le second facteur de {subject}",
    required: "{actor} a rendu le second facteur obligatoire pour le rôle {role}",
    "not-required": "{actor} a rendu le second facteur facultatif pour le rôle {role}",
  },
  client: {
    created: "{actor} a enregistré l’application {subject}",
    changed: "{actor} a modifié l’application {subject}",
    revoked: "{actor} a révoqué l’application {subject}",
    "secret-rotated": "{actor} a renouvelé le secret de l’application {subject}",
    "previous-secret-ended": "{actor} a mis fin à l’ancien secret de l’application {subject}",
  },
  clients: {
    imported: "{actor} a importé des applications",
  },
  token: {
    revoked: "{subject} a révoqué un de ses jetons",
  },
  consent: {
    given: "{user} a autorisé l’application {subject}",
    withdrawn: "{actor} a retiré l’autorisation que {user} avait donnée à l’application {subject}",
  },
  holidays: {
    changed: "{actor} a modifié les jours fériés ({day})",
    removed: "{actor} a retiré le jour férié du {day}",
    restored: "{actor} a rétabli le jour férié du {day}",
    confirmed: "{actor} a confirmé les jours fériés de {year}",
  },
  absence: {
    named: "{actor} a désigné {user} pour remplacer {subject}",
    ended: "{actor} a mis fin au remplacement de {subject} par {user}",
  },
  dossier: {
    opened: "{actor} a ouvert le dossier {subject}",
    decided: "{actor} a décidé du dossier {subject}",
    reopened: "{actor} a rouvert le dossier {subject}",
    "access-granted": "{actor} a donné à {user} l’accès au dossier {subject}",
    exported: "{actor} a exporté {count, plural, =0 {une liste vide de dossiers} one {# dossier} other {# dossiers}}",
    "access-removed": "{actor} a retiré à {user} l’accès au dossier {subject}",
  },
  seance: {
    "access-granted": "{actor} a fait participer {user} à la séance {subject}",
  },
  "dossier-type": {
    created: "{actor} a créé le type de dossiers {subject} ({name})",
    updated: "{actor} a modifié le type de dossiers {subject} ({name})",
    archived: "{actor} a archivé le type de dossiers {subject} ({name})",
    restored: "{actor} a rétabli le type de dossiers {subject} ({name})",
  },
  comment: {
    deleted: "{actor} a supprimé un commentaire de {user}",
    restored: "{actor} a rétabli un commentaire de {user}",
    hidden: "{actor} a masqué un commentaire de {user}",
    shown: "{actor} a montré de nouveau un commentaire de {user}",
    "report-settled": "{actor} a classé les signalements d’un commentaire de {user}",
  },
  "comment-words": {
    changed: "{actor} a changé la liste des mots refusés dans les commentaires",
  },
  message: {
    "history-read": "{actor} a lu ce qu’un message de {user} disait avant d’être modifié ou supprimé",
  },
  key: {
    rotated: "{actor} a créé la clé de signature {subject}",
    revoked: "{actor} a révoqué la clé de signature {subject}",
    retired: "La clé de signature {subject} a été retirée, son dernier jeton étant expiré",
  },
  maintenance: {
    announced: "{actor} a annoncé une maintenance : {message}",
    started: "{actor} a fermé les portails pour maintenance : {message}",
    cancelled: "{actor} a annulé la maintenance annoncée",
    ended: "{actor} a rouvert les portails",
  },
  queue: {
    paused: "{actor} a mis en pause la file {subject}",
    resumed: "{actor} a relancé la file {subject}",
  },
  outbox: {
    retried: "{actor} a relancé {retried, plural, =0 {des envois} one {# envoi} other {# envois}}",
  },
  "rate-limits": {
    cleared: "{actor} a remis à zéro les compteurs des limites",
  },
  realtime: {
    "user-disconnected": "{actor} a coupé les connexions en temps réel de {subject}",
    "event-sent": "{actor} a envoyé l’événement {event} sur le canal {subject}",
    "event-failed": "L’événement {event} de {actor} sur le canal {subject} n’a pas pu être envoyé",
  },
} satisfies AuditActionTexts;
