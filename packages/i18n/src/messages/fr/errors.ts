import type { ErrorCode } from "@mgs/core/errors";

export const errors = {
  BAD_REQUEST: "La requête est incorrecte.",
  INVALID_JSON: "Le corps de la requête n’est pas un JSON valide.",
  UNAUTHENTICATED: "Connectez-vous pour continuer.",
  INVALID_CREDENTIALS: "Adresse e-mail ou mot de passe incorrect.",
  SESSION_ENDED: "Votre session a pris fin. Connectez-vous à nouveau.",
  FORBIDDEN: "Vous n’avez pas le droit de faire cela.",
  ORIGIN_REFUSED: "Cette requête vient d’un autre site et a été refusée.",
  INSUFFICIENT_SCOPE: "Ce jeton ne donne pas le droit requis.",
  PORTAL_REFUSED: "Votre rôle ne donne pas accès à ce portail.",
  NOT_FOUND: "Cette adresse n’existe pas.",
  USER_NOT_FOUND: "Cet utilisateur n’existe pas.",
  CLIENT_NOT_FOUND: "Ce client OAuth n’existe pas.",
  NOTIFICATION_NOT_FOUND: "Cette notification n’existe pas.",
  INTERACTION_NOT_FOUND: "Cette demande de connexion a expiré. Recommencez.",
  METHOD_NOT_ALLOWED: "Cette méthode n’est pas permise ici.",
  IDEMPOTENCY_CONFLICT: "Cette clé d’idempotence a déjà servi pour une autre requête.",
  CONFLICT: "Cette action entre en conflit avec l’état actuel.",
  PORTAL_CLIENT:
    "C’est le client d’un portail : son secret et ses adresses viennent de l’environnement à chaque démarrage.",
  LAST_ADMINISTRATOR: "C’est le dernier administrateur qui puisse se connecter.",
  PAYLOAD_TOO_LARGE: "La requête est trop volumineuse.",
  UNSUPPORTED_MEDIA_TYPE: "Ce type de contenu n’est pas accepté ici.",
  VALIDATION_ERROR: "Certaines valeurs sont incorrectes.",
  RATE_LIMITED: "Trop d’envois. Réessayez dans un instant.",
  TOO_MANY_ATTEMPTS: "Trop de tentatives de connexion. Réessayez plus tard.",
  INTERNAL_ERROR: "Une erreur est survenue de notre côté.",
  UNAVAILABLE: "Le service est momentanément indisponible.",
} satisfies Record<ErrorCode, string>;

/** What can be wrong with one field. */
export const validation = {
  REQUIRED: "Cette valeur est obligatoire.",
  TOO_LONG: "Ce texte est trop long.",
  INVALID_TEXT: "Ce texte contient des caractères interdits.",
  INVALID_ID: "Cet identifiant est incorrect.",
  INVALID_TYPE: "Utilisez 1 à 64 minuscules sans accent, chiffres, points, tirets ou traits de soulignement.",
  INVALID_URL: "Indiquez une adresse http(s) ou un chemin qui commence par /.",
  INVALID_CHOICE: "Cette valeur n’est pas permise.",
  INVALID_CURSOR: "Ce curseur est incorrect.",
  INVALID_NUMBER: "Ce nombre est incorrect.",
  INVALID_BOOLEAN: "Indiquez true ou false.",
  UNKNOWN_FIELD: "Ce champ n’existe pas.",
  INVALID_VALUE: "Cette valeur est incorrecte.",
  TOO_SHORT: "Ce texte est trop court.",
  ALREADY_USED: "Cette valeur est déjà prise.",
};
