/** The banner of open pages, and the page that stands in place of the portals. */
export const maintenance = {
  title: "Maintenance en cours",
  intro: "{portal} revient dès que possible. Cette page se recharge toute seule.",
  expected: "Retour prévu le {time}",
  administrators: "Administrateur ? Connectez-vous",
  actingFor: "Vous agissez au nom de {name}, dont les droits ne permettent pas d’entrer pendant la maintenance.",
  endActing: "Redevenir vous-même",
  planned: "Maintenance prévue le {time}",
  plannedUntil: "Maintenance prévue le {time}, jusqu’au {end} environ",
  underWay: "Maintenance en cours",
  underWayPass: "Maintenance en cours : les portails sont fermés, sauf pour l’administration",
  over: "La maintenance est terminée",
};
