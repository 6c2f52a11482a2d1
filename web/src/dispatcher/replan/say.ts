import { speaker } from "../../shared/words/index.svelte";
import en from "./words/en";
import zhCN from "./words/zh-CN";
import zhTW from "./words/zh-TW";

/** The words of a running day that changes. */
export const say = speaker({ en, "zh-CN": zhCN, "zh-TW": zhTW });
