import { speaker } from "../../shared/words/index.svelte";
import en from "./words/en";
import zhCN from "./words/zh-CN";
import zhTW from "./words/zh-TW";

/** The words of fields, and of what can be wrong with one. */
export const say = speaker({ en, "zh-CN": zhCN, "zh-TW": zhTW });
