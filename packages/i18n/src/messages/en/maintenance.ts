import type { maintenance as fr } from "../fr/maintenance";

export const maintenance: typeof fr = {
  title: "Down for maintenance",
  intro: "{portal} will be back as soon as possible. This page reloads by itself.",
  expected: "Expected back on {time}",
  administrators: "Administrator? Sign in",
  actingFor: "You act in the name of {name}, whose rights do not let you in during the maintenance.",
  endActing: "Be yourself again",
  planned: "Maintenance planned for {time}",
  plannedUntil: "Maintenance planned for {time}, until about {end}",
  underWay: "Maintenance under way",
  underWayPass: "Maintenance under way: the portals are closed to everybody but administrators",
  over: "The maintenance is over",
};
