/** Hands the desk down to every view, so that no view asks again who is looking. */

import { getContext, setContext } from "svelte";
import { speech } from "../shared/words/index.svelte";
import type { Reading } from "../shared/format";
import type { Desk } from "./ask";

const KEY = Symbol("desk");

export const giveDesk = (desk: () => Desk): void => void setContext(KEY, desk);
export const desk = (): Desk => getContext<() => Desk>(KEY)();

/** Times at this merchant's place, in the reader's language; reads a rune. */
export const readingAt = ({ merchant }: Desk): Reading => ({ language: speech.language, timeZone: merchant.time_zone });
