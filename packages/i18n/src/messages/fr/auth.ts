export const auth = {
  errorTitle: "La connexion n’a pas abouti",
  errorText: "Rien n’est perdu : recommencez, et vous reviendrez au portail.",
  errorDenied: "L’accès a été refusé. Vous pouvez recommencer.",
  errorExpired: "Cette demande de connexion a expiré ou a déjà servi. Recommencez.",
  errorCookies:
    "Votre navigateur refuse les cookies de ce portail, qui a besoin d’eux pour vous reconnaître. Autorisez-les, puis recommencez.",
  errorUnavailable:
    "Le portail n’a pas pu terminer la connexion : un de ses services ne répond pas. Réessayez dans un instant.",
  again: "Se connecter",
  reference: "Référence : {code}",
  signedOutTitle: "Vous êtes déconnecté",
  signedOutText:
    "Votre session a pris fin dans tous les portails de cet appareil. Choisissez un portail pour vous reconnecter.",
};
