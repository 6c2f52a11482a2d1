/** Everything the planning screen knows and can do; the components only show it and press its buttons. */

import { get, newKey, post, Trouble } from "../shared/api/client";
import type { Config, Page } from "../shared/api/contract";
import { dayOf } from "../shared/format";
import { byTrouble, lanesOfRoutes, lanesOfRuns, type Lane } from "./lane";
import { isReady, isWorking, type Plan, type PoolItem, type Progress, type Run, type RunSummary, type Site, type VehiclePosition } from "./model";

const RUNS_EVERY_MS = 3000;
const POSITIONS_EVERY_MS = 2000;
const PLAN_EVERY_MS = 1500;
const ALL_RUNS_EVERY_MS = 15_000; // expected times move without a stop being done
const RUNS_MAX = 200;

export type Travel = "roads" | "geodesic";

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
  busy: "optimise" | "release" | "stop" | null = $state(null);
  released = $state(false);
  freshAt: Date | null = $state.raw(null);
  selection: Selection = $state({ vehicleId: null, shipmentId: null });
  #stream: EventSource | null = null;
  #allRunsAt = 0;
  #timers: ReturnType<typeof setInterval>[] = [];

  readonly depots = $derived(this.sites.filter((site) => site.kinds.includes("depot")));
  readonly timeZone = $derived(this.depots[0]?.time_zone ?? "UTC");
  readonly following = $derived(this.runs.length > 0);
  readonly lanes: Lane[] = $derived(this.following ? byTrouble(lanesOfRuns(this.runs)) : lanesOfRoutes(this.plan?.routes ?? []));
  readonly working = $derived(isWorking(this.plan));
  readonly ready = $derived(isReady(this.plan));

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
    ]);
    const newest = plans.items[0];
    if (newest) await this.#show(newest.id);
    this.pool = pool.items;
  }

  select(vehicleId: string | null, shipmentId: string | null = null): void {
    this.selection = { vehicleId, shipmentId };
  }

  /** Selects an order wherever it is: on a van, in the pool, among those left out. */
  selectShipment(shipmentId: string): void {
    const lane = this.lanes.find((each) => each.blocks.some((block) => block.shipmentIds.includes(shipmentId)));
    this.select(lane?.vehicleId ?? null, shipmentId);
  }

  async optimise(seconds: number, travel: Travel): Promise<void> {
    await this.#act("optimise", async () => {
      const depot_ids = this.depotId ? [this.depotId] : this.depots.map((depot) => depot.id);
      const body = { on: this.on, depot_ids, seconds, travel };
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
      await this.load();
    });
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
