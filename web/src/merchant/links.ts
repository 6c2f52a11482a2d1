/** Where things lie in the address bar; the merchant that staff look at stays in it. */

import { place } from "../shared/place.svelte";

export function linkTo(view: string, more: Record<string, string> = {}): string {
  const params = new URLSearchParams();
  const merchant = place.get("merchant");
  if (merchant) params.set("merchant", merchant);
  params.set("view", view);
  for (const [name, value] of Object.entries(more)) if (value) params.set(name, value);
  return `?${params}`;
}

export const shipmentLink = (id: string): string => linkTo("shipment", { id });
