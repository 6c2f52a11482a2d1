/** Everything the planning screen knows and can do; the components only show it and press its buttons. */

import { get, newKey, patch, post, Trouble } from "../shared/api/client";
import type { Config, Money, Page } from "../shared/api/contract";
import { dayOf } from "../shared/format";
import type { Wishes } from "./fleet/form";
import { byTrouble, lanesOfRoutes, lanesOfRuns, type Lane } from "./lane";
import { isReady, isWorking, type Changes, type Comparison, type Plan, type PoolItem, type Preview, type Progress, type Run, type RunSummary, type Site, type TaskWays, type VehiclePosition } from "./model";

const RUNS_EVERY_MS = 3000;
const POSITIONS_EVERY_MS = 2000;
const PLAN_EVERY_MS = 1500;
const ALL_RUNS_EVERY_MS = 15_000; // expected times move without a stop being done
const RUNS_MAX = 200;

/** Where travel times can come from, what somebody set up a server for first. */
export const TRAVELS = ["osrm", "valhalla", "roads", "geodesic"] as const;
export type Travel = (typeof TRAVELS)[number];

export interface Selection {
  vehicleId: string | null;
  shipmentId: string | null;
}

export class Desk {
  config: Config | null = $state.raw(null);
  sites: Site[] = $state.raw([]);
  on: string = $state("");
  depotId: string = $state("");
  pool: PoolItem[] | null = $state.raw(null);
  plan: Plan | null = $state.raw(null);
  runs: Run[] = $state.raw([]);
  positions: VehiclePosition[] = $state.raw([]);
  trouble: unknown = $state.raw(null);
  busy: "optimise" | "release" | "stop" | "edit" | null = $state(null);
  /** All vehicles of the depots: also one that stays at home can be given a stop. */
  vehicles: { id: string; name: string; fixed_cost: Money }[] = $state.raw([]);
  ways: TaskWays | null = $state.raw(null);
  comparison: Comparison | null = $state.raw(null);
  released = $state(false);
  freshAt: Date | null = $state.raw(null);
  selection: Selection = $state({ vehicleId: null, shipmentId: null });
  #stream: EventSource | null = null;
  #allRunsAt = 0;
  #timers: ReturnType<typeof setInterval>[] = [];

  readonly depots = $derived(this.sites.filter((site) => site.kinds.includes("depot")));
  /** What costs are counted in: as the vehicles are, for a plan has one currency. */
  readonly currency = $derived(this.vehicles[0]?.fixed_cost.currency ?? this.plan?.summary?.cost.currency ?? "CNY");
  readonly travels: Travel[] = $derived(TRAVELS.filter((travel) => this.config?.travels.includes(travel)));
  readonly timeZone = $derived(this.depots[0]?.time_zone ?? "UTC");
  readonly following = $derived(this.runs.length > 0);
  readonly lanes: Lane[] = $derived(this.following ? byTrouble(lanesOfRuns(this.runs)) : lanesOfRoutes(this.plan?.routes ?? []));
  /** Whoever asks may not see anything here, or has to log in first. */
  readonly shut = $derived(this.pool === null && this.trouble instanceof Trouble && ["login", "refused"].includes(this.trouble.kind));
  readonly working = $derived(isWorking(this.plan));
  readonly ready = $derived(isReady(this.plan));
  readonly editable = $derived(this.ready && !this.following);

  /** Loads the day the platform is living in, or the one in the address. */
  async open(): Promise<void> {
    await this.#guard(async () => {
      const [config, sites] = await Promise.all([get<Config>("/v1/config"), get<Site[]>("/v1/sites")]);
      this.config = config;
      this.sites = sites;
      const asked = new URLSearchParams(location.search).get("on");
      this.on = asked ?? dayOf(config.now, this.timeZone);
      await this.load();
    });
    this.#every(RUNS_EVERY_MS, () => this.#follow());
    this.#every(POSITIONS_EVERY_MS, () => this.#locate());
  }

  close(): void {
    this.#stream?.close();
    this.#timers.forEach(clearInterval);
  }

  async goTo(on: string): Promise<void> {
    this.on = on;
    history.replaceState(null, "", `?on=${on}`);
    this.select(null);
    this.comparison = null;
    this.plan = null;
    this.pool = null;
    this.runs = [];
    await this.#guard(() => this.load());
  }

  async load(): Promise<void> {
    const query = { on: this.on, depot_id: this.depotId };
    const [pool, plans] = await Promise.all([
      get<{ items: PoolItem[] }>("/v1/pool", { query }),
      get<Page<Plan>>("/v1/plans", { query: { on: this.on } }),
      this.#follow(),
      this.meetVehicles(),
    ]);
    const newest = plans.items[0];
    if (newest) await this.#show(newest.id);
    this.pool = pool.items;
  }

  select(vehicleId: string | null, shipmentId: string | null = null): void {
    this.selection = { vehicleId, shipmentId };
    this.ways = null;
    if (shipmentId && this.editable) void this.#weigh(shipmentId);
  }

  /** Changes the plan by hand; what breaks comes back with it. */
  async edit(changes: Changes): Promise<void> {
    await this.#change(() => patch<Plan>(`/v1/plans/${this.plan?.id}`, { body: changes, ifMatch: `"${this.plan?.version}"` }));
  }

  async undo(): Promise<void> {
    if (this.plan?.can_undo) await this.#change(() => post<Plan>(`/v1/plans/${this.plan?.id}/undo`, { ifMatch: `"${this.plan?.version}"` }));
  }

  async redo(): Promise<void> {
    if (this.plan?.can_redo) await this.#change(() => post<Plan>(`/v1/plans/${this.plan?.id}/redo`, { ifMatch: `"${this.plan?.version}"` }));
  }

  /** What a change would cost, without doing it; nothing while the line is down. */
  preview(changes: Changes, signal: AbortSignal): Promise<Preview | null> {
    return post<Preview>(`/v1/plans/${this.plan?.id}/preview`, { body: changes, signal }).catch(() => null);
  }

  /** Compares with what the search found; pressing again closes it. */
  async compare(): Promise<void> {
    if (this.comparison) this.comparison = null;
    else await this.#guard(async () => (this.comparison = await get<Comparison>(`/v1/plans/${this.plan?.id}/comparison`)));
  }

  /** Selects an order wherever it is: on a van, in the pool, among those left out. */
  selectShipment(shipmentId: string): void {
    const lane = this.lanes.find((each) => each.blocks.some((block) => block.shipmentIds.includes(shipmentId)));
    this.select(lane?.vehicleId ?? null, shipmentId);
  }

  async optimise(seconds: number, travel: Travel, wishes: Wishes = {}): Promise<void> {
    await this.#act("optimise", async () => {
      const depot_ids = this.depotId ? [this.depotId] : this.depots.map((depot) => depot.id);
      const locks_of = Object.keys(this.plan?.locks ?? {}).length ? this.plan?.id : "";
      const body = { on: this.on, depot_ids, seconds, travel, locks_of, ...wishes };
      const plan = await post<{ id: string }>("/v1/plans", { body, idempotencyKey: newKey() });
      this.released = false;
      await this.#show(plan.id);
    });
  }

  async stopAndTake(): Promise<void> {
    await this.#act("stop", () => post(`/v1/plans/${this.plan?.id}/stop`));
  }

  async cancel(): Promise<void> {
    await this.#act("stop", () => post(`/v1/plans/${this.plan?.id}/cancel`));
  }

  async release(): Promise<void> {
    await this.#act("release", async () => {
      await post(`/v1/plans/${this.plan?.id}/release`, { idempotencyKey: newKey() });
      this.released = true;
      this.comparison = null;
      await this.load();
    });
  }

  async #change(call: () => Promise<Plan>): Promise<void> {
    await this.#act("edit", async () => {
      try {
        this.plan = await call();
      } catch (error) {
        if (error instanceof Trouble && error.kind === "changed" && this.plan) await this.#show(this.plan.id);
        throw error;
      }
      if (this.comparison) this.comparison = await get<Comparison>(`/v1/plans/${this.plan.id}/comparison`);
    });
    const chosen = this.selection.shipmentId;
    if (chosen) this.selectShipment(chosen);
  }

  /** What each way of a shipment would cost: asked when somebody looks, for it takes a moment. */
  async #weigh(shipmentId: string): Promise<void> {
    const ways = await get<TaskWays>(`/v1/plans/${this.plan?.id}/tasks/${shipmentId}`).catch(() => null);
    if (this.selection.shipmentId === shipmentId) this.ways = ways;
  }

  async meetVehicles(): Promise<void> {
    this.vehicles = await get<{ id: string; name: string; fixed_cost: Money }[]>("/v1/vehicles", { query: { depot_id: this.depotId } });
  }

  async #show(planId: string): Promise<void> {
    this.plan = await get<Plan>(`/v1/plans/${planId}`);
    if (this.working) this.#watch(planId);
  }

  /** Follows the search: the figures by stream, the routes themselves every little while. */
  #watch(planId: string): void {
    this.#stream?.close();
    const stream = new EventSource(`/v1/plans/${planId}/events`);
    this.#stream = stream;
    let drawnAt = 0;
    stream.addEventListener("progress", (event) => {
      const progress = JSON.parse((event as MessageEvent<string>).data) as Progress;
      if (this.plan?.id === planId) this.plan = { ...this.plan, state: "solving", progress: { ...this.plan.progress, ...progress } };
      if (Date.now() - drawnAt < PLAN_EVERY_MS) return;
      drawnAt = Date.now();
      void this.#refresh(planId);
    });
    stream.addEventListener("done", () => {
      stream.close();
      void this.#guard(() => this.load());
    });
    stream.onerror = () => void this.#refresh(planId);
  }

  async #refresh(planId: string): Promise<void> {
    const plan = await get<Plan>(`/v1/plans/${planId}`).catch(() => null);
    if (plan && this.plan?.id === planId) this.plan = plan;
    if (!isWorking(plan)) this.#stream?.close();
  }

  /** Asks for the runs, and for the stops of those that moved on since we last looked. */
  async #follow(): Promise<void> {
    if (this.working || !this.on) return;
    const on = this.on;
    const { items } = await get<Page<RunSummary>>("/v1/runs", { query: { on, limit: RUNS_MAX } });
    const known = new Map(this.runs.map((run) => [run.id, run]));
    const recheck = Date.now() - this.#allRunsAt > ALL_RUNS_EVERY_MS;
    const asked = items.map((item) => {
      const run = known.get(item.id);
      const same = run && run.state === item.state && run.stops_done === item.stops_done;
      return same && !recheck ? run : get<Run>(`/v1/runs/${item.id}`);
    });
    const runs = await Promise.all(asked);
    if (recheck) this.#allRunsAt = Date.now();
    if (on !== this.on) return;
    this.runs = runs.filter((run) => run.state !== "cancelled").reverse();
    this.freshAt = new Date();
  }

  async #locate(): Promise<void> {
    if (!this.following) return;
    this.positions = await get<VehiclePosition[]>("/v1/vehicles/positions");
  }

  /** What repeats by itself stays quiet when the line is down: the screen then says how old it is. */
  #every(ms: number, work: () => Promise<void>): void {
    this.#timers.push(setInterval(() => !document.hidden && work().catch(() => undefined), ms));
  }

  async #act(what: NonNullable<Desk["busy"]>, work: () => Promise<unknown>): Promise<void> {
    this.busy = what;
    await this.#guard(work);
    this.busy = null;
  }

  async #guard(work: () => Promise<unknown>): Promise<void> {
    try {
      this.trouble = null;
      await work();
    } catch (error) {
      this.trouble = error instanceof Trouble ? error : new Trouble("server");
    }
  }
}
