/** What colleagues write to each other: each text is answered by the next. */
export const PAIR_TALKS: readonly (readonly string[])[] = [
  [
    "Bonjour ! Tu es au bureau cet après-midi ?",
    "Oui, jusqu’à 17 h.",
    "Parfait, je passe vers 15 h avec le plan signé.",
  ],
  [
    "As-tu pu joindre la mairie ?",
    "Ils rappellent demain matin.",
    "Merci. Sans réponse à midi, j’envoie une relance écrite.",
    "D’accord.",
  ],
  [
    "Le montant de la **facture 118** ne correspond pas au devis.",
    "Je regarde.",
    "C’était la TVA : 20 % au lieu de 0 %. Je la fais corriger.",
    "Merci, c’est plus clair.",
  ],
  ["Peux-tu prendre mes appels entre 10 h et 11 h ?", "Pas de souci.", "Misaotra !"],
  [
    "Il me faut deux choses pour la séance de jeudi :\n- la liste des présents\n- le dernier procès-verbal",
    "Le procès-verbal est dans le dossier, la liste arrive.",
    "Reçu les deux, merci.",
  ],
  ["Qui a la clé de la salle d’archives ?", "Elle est à l’accueil.", "Merci."],
  ["Bon anniversaire !", "Merci, c’est gentil ! Il y a du gâteau à la cafétéria."],
  [
    "Tu as vu le nouveau modèle de courrier ?",
    "Oui. Le pied de page dépasse à l’impression.",
    "Je le signale, en attendant garde l’ancien.",
  ],
];

/** Groups of colleagues, and what is written in them. */
export const GROUPS = [
  {
    name: "Équipe Gestion-Dossier",
    texts: [
      "Bonjour à tous, le point de lundi est avancé à 8 h 30.",
      "Noté.",
      "Les dossiers en retard de plus d’une semaine sont dans la vue partagée « En retard ».",
      "J’en ai trois, je les traite aujourd’hui.",
      "Merci. Qui peut prendre ceux de Mialy pendant son congé ?",
      "Je veux bien en prendre deux.",
      "Et moi le reste.",
    ],
  },
  {
    name: "Devis et contrats",
    texts: [
      "Le contrat de la rizerie est signé.",
      "Bravo !",
      "Le premier versement est attendu le 15.",
      "Je prépare le reçu.",
      "Pensez à joindre le NIF et le STAT avant l’envoi.",
    ],
  },
  {
    name: "Clôture du mois",
    texts: [
      "Il reste 14 paiements sans pièce.",
      "Je m’occupe des paiements par mobile money.",
      "Les virements sont rapprochés jusqu’au 28.",
      "Reste à vérifier les avoirs.",
      "C’est fait, on peut clôturer.",
    ],
  },
  {
    name: "Informatique et accès",
    texts: [
      "Coupure du réseau ce soir de 19 h à 19 h 30.",
      "Bien noté, merci de prévenir.",
      "Pensez à enregistrer une clé d’accès : c’est plus rapide qu’un mot de passe.",
      "Comment fait-on ?",
      "Menu de votre nom, *Sécurité*, puis « Ajouter une clé d’accès ».",
    ],
  },
] as const;

/** What is written about a dossier. */
export const RECORD_TALKS: readonly (readonly string[])[] = [
  [
    "Il manque encore la caution. Tu relances ou je le fais ?",
    "Je relance ce matin.",
    "Ils l’apportent lundi.",
    "Très bien, on décide dès qu’elle est là.",
  ],
  [
    "Peux-tu regarder les plans avant la séance ?",
    "Oui. Le retrait me paraît trop faible côté rue.",
    "Je demande un plan corrigé.",
    "Merci.",
  ],
  ["Le client s’impatiente, où en est-on ?", "L’avis de la comptabilité est attendu pour jeudi.", "Je le lui dis."],
];
