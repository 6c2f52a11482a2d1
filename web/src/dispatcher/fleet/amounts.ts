/** Amounts as a person types them, in major units. Pure. */

import { moneyPlain, type Money } from "../../shared/format";

const digitsOf = (currency: string): number => moneyPlain({ amount_minor: 0, currency }).split(".")[1]?.length ?? 0;

/** "12.5" is 1250 minor units; a text that is no number is NaN. */
export const minorOf = (text: string, currency: string): number => Math.round(Number(text.replace(",", ".")) * 10 ** digitsOf(currency));

/** 1250 minor units are "12.5": what one would type. */
export const plainOf = (amount: Money): string => String(Number(moneyPlain(amount)));
