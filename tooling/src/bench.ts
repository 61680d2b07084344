import "../../bench/main";
