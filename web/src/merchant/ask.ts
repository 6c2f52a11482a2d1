/** The merchant's questions to the platform. */

import { get, post, type Query } from "../shared/api/client";
import type { Config, Me, Page, Shipment } from "../shared/api/contract";
import type { CodState, Endpoint, FullStory, Happening, ImportAnswer, MerchantName, Message, SourcedEvent, Statement } from "./contract";

/** Who looks, at whose business, in which time zone, and what time the platform has. */
export interface Desk {
  me: Me;
  merchant: MerchantName;
  now: Date;
}

const PAGE = 200;
/** Beyond this the month's figures say "more than": counting is the platform's work, not a browser's. */
export const MONTH_MAX = 2_000;

async function merchantsOpenTo(me: Me, asked: string): Promise<{ merchant: MerchantName | null; all: MerchantName[] }> {
  if (me.merchant_id) return { merchant: await get<MerchantName>(`/v1/merchants/${me.merchant_id}`), all: [] };
  const all = await get<MerchantName[]>("/v1/merchants");
  return { merchant: all.find((each) => each.id === asked) ?? null, all };
}

/** For staff, `all` holds the merchants to choose from and `merchant` the one asked for. */
export async function openDesk(asked: string): Promise<{ me: Me; merchant: MerchantName | null; all: MerchantName[]; now: Date }> {
  const [me, config] = await Promise.all([get<Me>("/v1/me"), get<Config>("/v1/config")]);
  return { me, now: new Date(config.now), ...(await merchantsOpenTo(me, asked)) };
}

/** A merchant sees its own without asking; staff must say whose. */
const whose = ({ me, merchant }: Desk): Query => (me.merchant_id ? {} : { merchant_id: merchant.id });

export const shipments = (desk: Desk, query: Query, signal?: AbortSignal) =>
  get<Page<Shipment>>("/v1/shipments", { query: { ...whose(desk), ...query }, signal });

/** All shipments taken on since a moment, newest first; `cut` when there are more than we count. */
export async function shipmentsSince(desk: Desk, since: Date, signal: AbortSignal): Promise<{ items: Shipment[]; cut: boolean }> {
  const items: Shipment[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Shipment> = await shipments(desk, { limit: PAGE, cursor }, signal);
    const inside = page.items.filter((each) => Date.parse(each.created_at) >= since.getTime());
    items.push(...inside);
    if (inside.length < page.items.length) return { items, cut: false };
    cursor = page.next_cursor;
  } while (cursor && items.length < MONTH_MAX);
  return { items, cut: cursor !== null };
}

export const shipment = (id: string, signal?: AbortSignal) => get<Shipment>(`/v1/shipments/${id}`, { signal });

export async function timeline(id: string, signal?: AbortSignal): Promise<SourcedEvent[]> {
  return (await get<FullStory>(`/v1/shipments/${id}/timeline`, { signal })).events;
}

export const cod = ({ merchant }: Desk, signal?: AbortSignal) => get<CodState>(`/v1/merchants/${merchant.id}/cod`, { signal });

export const statement = ({ merchant }: Desk, from: string, to: string, signal?: AbortSignal) =>
  get<Statement>("/v1/statements", { query: { merchant_id: merchant.id, from, to }, signal });

export const happenings = ({ merchant }: Desk, from: string, to: string, signal?: AbortSignal) =>
  get<Happening[]>("/v1/statements/events", { query: { merchant_id: merchant.id, from, to }, signal });

export const endpoints = (desk: Desk, signal?: AbortSignal) => get<Endpoint[]>("/v1/webhook-endpoints", { query: whose(desk), signal });

export const messages = (desk: Desk, query: Query, signal?: AbortSignal) =>
  get<Page<Message>>("/v1/webhook-messages", { query: { ...whose(desk), ...query }, signal });

export function importFile(desk: Desk, file: File, dryRun: boolean): Promise<ImportAnswer> {
  const body = new FormData();
  body.set("file", file);
  return post<ImportAnswer>("/v1/shipments/import", { query: { ...whose(desk), dry_run: dryRun }, body });
}
