DROP TABLE "comment_act_times";
