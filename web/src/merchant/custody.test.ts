import { expect, it } from "vitest";
import { byKind } from "./custody";

const yuan = (amount_minor: number) => ({ amount_minor, currency: "CNY" });

it("adds up what holders of a kind have", () => {
  const holders = [
    { holder: "driver:veh_1", amount: yuan(12800) },
    { holder: "till:sit_9", amount: yuan(500) },
    { holder: "driver:veh_2", amount: yuan(200) },
  ];
  expect(byKind(holders)).toEqual([{ kind: "driver", amount: yuan(13000) }, { kind: "till", amount: yuan(500) }]);
  expect(byKind([])).toEqual([]);
});
