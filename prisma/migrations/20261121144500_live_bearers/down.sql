DROP VIEW "live_bearers";
