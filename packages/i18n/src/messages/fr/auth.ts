export const auth = {
  errorTitle: "La connexion n’a pas abouti",
  errorText: "Rien n’est perdu : recommencez, et vous reviendrez au portail.",
  errorDenied: "L’accès a été refusé. Vous pouvez recommencer.",
  errorExpired: "Cette demande de connexion a expiré ou a déjà servi. Recommencez.",
  again: "Se connecter",
  reference: "Référence : {code}",
  signedOutTitle: "Vous êtes déconnecté",
  signedOutText:
    "Votre session a pris fin dans tous les portails de cet appareil. Choisissez un portail pour vous reconnecter.",
};
