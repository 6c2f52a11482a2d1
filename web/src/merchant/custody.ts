/** Who has a merchant's money, as far as a merchant wants to know: with drivers, in tills - not which. Pure. */

import { sumMoney } from "../shared/format";
import type { CodState, Money } from "./contract";

export interface Custody {
  /** `driver`, `till`, `depot`, `carrier`, `acquirer` or `bank`: what stands before the colon of a holder's name. */
  kind: string;
  amount: Money;
}

export function byKind(holders: CodState["in_custody"]): Custody[] {
  const amounts = new Map<string, Money[]>();
  for (const { holder, amount } of holders) {
    const kind = holder.split(":")[0] ?? "";
    amounts.set(kind, [...(amounts.get(kind) ?? []), amount]);
  }
  return [...amounts].flatMap(([kind, parts]) => {
    const amount = sumMoney(parts);
    // A merchant is paid in one currency; should two ever meet, each part stands for itself.
    return amount ? [{ kind, amount }] : parts.map((part) => ({ kind, amount: part }));
  });
}
