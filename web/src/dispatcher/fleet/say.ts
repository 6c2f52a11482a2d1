import { speaker } from "../../shared/words/index.svelte";
import en from "./words/en";
import zhCN from "./words/zh-CN";
import zhTW from "./words/zh-TW";

/** The words of vehicles, and of rules for a plan. */
export const say = speaker({ en, "zh-CN": zhCN, "zh-TW": zhTW });
